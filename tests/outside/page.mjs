// The page of examples/browser, held against the program: the same bytes for every example, and a session of a user
// in Chromium: no request leaves. Run by .ci/outside:
//
//   node tests/outside/page.mjs PAGE PROGRAM CHROMIUM [PICTURES]
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import zlib from "node:zlib";

const [page, native, chromium, pictures] = process.argv.slice(2);
const text = fs.readFileSync(page, "utf8");
const between = (from, to) => text.split(from)[1].split(to)[0];
const fail = (message) => {
    console.error(message);
    process.exit(1);
};

// 1. The program of the page prints what the program prints.
const run = new Function(`${between('<script id="wasi">', "</script>")}; return run;`)();
const packed = Buffer.from(between('id="packed">', "</script>").trim(), "base64");
const program = await WebAssembly.compile(zlib.gunzipSync(packed));
const folders = ["data/cutaneous-calcinosis-2021", "examples/real-sheets", "examples/hand-worked", "examples/workbook"];
let compared = 0;
for (const folder of folders) {
    const names = fs.readdirSync(folder).filter((name) => fs.statSync(path.join(folder, name)).isFile());
    const files = new Map(names.map((name) => [name, new Uint8Array(fs.readFileSync(path.join(folder, name)))]));
    const sheets = names.filter((name) => /\.(csv|xlsx)$/.test(name) || name === "cases.json");
    const claims = names.filter((name) => name === "claims.toml");
    const lines = sheets.flatMap((name) => [
        ...["text", "json", "html", "docx", "xlsx", "csv"].map((format) => ["summarize", name, "--format", format]),
        ["cases", name],
        ["validate", name],
        ["schema", name],
        ...claims.map((file) => ["check", file, name]),
    ]);
    for (const line of lines) {
        const ours = spawnSync(native, line, { cwd: folder, maxBuffer: 1 << 30 });
        const its = await run(program, line, files);
        const isSame = ours.status === its.code && ours.stdout.equals(Buffer.from(its.stdout)) && ours.stderr.toString() === its.stderr;
        if (!isSame) fail(`differs: ${folder}: ${line.join(" ")}\n${its.stderr}`);
        compared += 1;
    }
}
console.log(`${compared} runs give the same bytes`);

// 2. A user in a browser. Chromium is spoken to through a pipe: messages end with a zero byte.
const profile = fs.mkdtempSync(path.join(os.tmpdir(), "page-"));
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", `--user-data-dir=${profile}`];
const browser = spawn(chromium, flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
const waiting = new Map();
const requests = [];
let buffer = Buffer.alloc(0);
browser.stdio[4].on("data", (part) => {
    buffer = Buffer.concat([buffer, part]);
    for (let end = buffer.indexOf(0); end >= 0; end = buffer.indexOf(0)) {
        const message = JSON.parse(buffer.subarray(0, end).toString());
        buffer = buffer.subarray(end + 1);
        waiting.get(message.id)?.(message.result ?? message);
        if (message.method === "Network.requestWillBeSent") requests.push(message.params.request.url);
    }
});
let id = 0;
let sessionId;
const call = (method, params = {}) => new Promise((done) => {
    waiting.set(++id, done);
    browser.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
});
const { targetId } = await call("Target.createTarget", { url: "about:blank" });
({ sessionId } = await call("Target.attachToTarget", { targetId, flatten: true }));
for (const domain of ["Network", "Runtime", "Page"]) await call(`${domain}.enable`);
const value = async (expression) => (await call("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true })).result?.value;
const settled = async (what) => {
    for (let tries = 0; tries < 600; tries += 1) {
        await new Promise((done) => setTimeout(done, 100));
        const state = await value("document.getElementById('state')?.textContent ?? ''");
        if (what.test(state)) return state;
    }
    return fail(`the page stays at: ${await value("document.body.innerText")}`);
};
const picture = async (name, width, scheme) => {
    if (!pictures) return;
    await call("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
    await call("Emulation.setDeviceMetricsOverride", { width, height: 1400, deviceScaleFactor: 1, mobile: false });
    const { data } = await call("Page.captureScreenshot", { format: "png" });
    fs.writeFileSync(path.join(pictures, `${name}.png`), Buffer.from(data, "base64"));
};
const asked = async (expression, expected) => {
    const found = String(await value(expression));
    if (!expected.test(found)) fail(`${expression}: ${found.slice(0, 2000)}`);
};

await call("Page.navigate", { url: `file://${path.resolve(page)}` });
await settled(/^Ready/);
await value("document.getElementById('example').click()");
await settled(/^Done/);
await asked("document.getElementById('page').contentDocument.body.innerText", /mean 5\.9 \(SD 2\.7\)/);
await picture("example-light", 1000, "light");
await picture("example-narrow-dark", 320, "dark");
await value("document.querySelector('[data-view=check]').click()");
await settled(/^Done/);
await asked("document.getElementById('text').textContent", /36 claims: 26 agree, 3 contradict/);
const frame = "document.getElementById('page').contentDocument";
const press = async (view) => {
    await value(`document.querySelector('[data-view=${view}]').click()`);
    await new Promise((done) => setTimeout(done, 300));
    await settled(/^Done/);
};
await press("plot");
await asked(`${frame}.querySelector('svg title').textContent`, /Treatment lines and response/);
await picture("figure-light", 1000, "light");
await value("document.getElementById('figure').value = 'sites'; show()");
await new Promise((done) => setTimeout(done, 300));
await asked(`${frame}.querySelector('svg title').textContent`, /each site/);
await asked(`(async () => {
    let saved;
    URL.createObjectURL = (blob) => ((saved = blob), "data:,");
    await download("pdf");
    return new TextDecoder("latin1").decode(await saved.arrayBuffer()).slice(0, 4);
})()`, /^%PDF$/);
await press("report");
await asked(`${frame}.body.innerText`, /Findings of validation[^]*Figures/);
await asked(`${frame}.querySelectorAll('svg').length`, /^[3-9]$/);
// A sheet with a fault: its remedy is a button.
await value(`(async () => {
    const sheet = new File(["ID,Age\\n1,4\\n2,n.d.\\n3,6\\n4,9\\n5,7\\n6,8\\n"], "mine.csv");
    await take([sheet]);
})()`);
await asked("document.getElementById('said').innerText", /missing-word/);
await value("[...document.querySelectorAll('#said button')].find((b) => b.textContent.includes('--missing=n.d.')).click()");
await new Promise((done) => setTimeout(done, 300));
await settled(/^Done/);
await asked("document.getElementById('line').textContent", /^calc-series summarize mine\.csv --missing=n\.d\.$/);
await asked("document.getElementById('said').innerText", /^(?![^]*missing-word)/);
// The file to save is the one that the program writes.
await asked(`(async () => {
    let saved;
    URL.createObjectURL = (blob) => ((saved = blob), "data:,");
    await download("docx");
    return new TextDecoder("latin1").decode(await saved.arrayBuffer()).slice(0, 2);
})()`, /^PK$/);
// A large sheet.
await value(`(async () => {
    const rows = Array.from({ length: 100000 }, (_, i) => i + "," + (i % 90) + "," + "FM"[i % 2]);
    await take([new File(["ID,Age,Sex\\n" + rows.join("\\n") + "\\n"], "large.csv")]);
})()`);
console.log(`100,000 rows in the browser: ${await settled(/^Done/)}`);
const outside = requests.filter((url) => !/^(file|data|blob|about):/.test(url));
if (outside.length > 0) fail(`requests: ${outside.join(" ")}`);
console.log("no request left the page");
const ended = new Promise((done) => browser.on("exit", done));
browser.kill();
await ended;
fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
process.exit(0);
