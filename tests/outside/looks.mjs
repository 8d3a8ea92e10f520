// The report as a page, looked at in Chromium for 1 to 300 patients: in the light, in the dark, on a narrow screen, on
// paper. Run by .ci/outside:
//
//   node tests/outside/looks.mjs PROGRAM CHROMIUM AXE [PICTURES]
//
// AXE is axe.min.js of the package axe-core, or `-` without it; PICTURES is a folder for screenshots and pages.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";

const [program, chromium, axe, pictures] = process.argv.slice(2);
const work = fs.mkdtempSync(path.join(os.tmpdir(), "looks-"));
const faults = [];

// 1. Reports.
const responses = ["complete", "partial", "improved (unconfirmed)", "stable", "none", "worsened", "ongoing", "lost",
    "not reported (relapsed)", "mixed", "died", "partial (transient)"];
const agents = ["corticosteroid", "methotrexate", "intravenous immunoglobulin", "pamidronate", "diltiazem",
    "colchicine", "surgical excision", "infliximab"];
const line = (n, at, days) => {
    const name = agents[(n * 3 + at) % 8];
    const second = (n + at) % 3 === 0 && !days ? ` + ${agents[(n * 3 + at + 4) % 8]}` : "";
    const given = days ? ` [day ${at * 90} to ${at * 90 + 60 + (n % 30)}]` : "";
    return `${name}${given}${second}: ${responses[(n * 5 + at * 7) % 12]}`;
};
const series = (cases, days) => {
    const rows = Array.from({ length: cases }, (_, n) => {
        const lines = Array.from({ length: (n % 6) + 1 }, (_, at) => line(n, at, days)).join("; ");
        const sites = ["knee", "knee;hip", "elbow", "hip;elbow;thigh", ""][n % 5];
        const esr = ["12", "44 (high)", ">120", "86", "normal", ""][n % 6];
        const crp = [(n * 7) % 40, (n * 3) % 25];
        const about = `${(n % 17) + 2},${["female", "male"][n % 2]},${["dystrophic", "idiopathic", "iatrogenic"][n % 3]}`;
        return `C${String(n + 1).padStart(2, "0")},${about},${sites},${esr},${crp},${(n % 31) + 5},${["yes", "no"][n % 2]},${lines}`;
    });
    return ["case_id,age,sex,etiology,sites,esr,crp@first,crp@last,followup (months),relapse,treatments", ...rows].join("\n") + "\n";
};
const reports = new Map();
const report = (name, most, ...words) => {
    const file = path.join(work, `${name}.html`);
    const ran = spawnSync(program, ["report", ...words, "-o", file, "--quiet"]);
    if (ran.status === 2) throw new Error(`${name}: ${ran.stderr}`);
    reports.set(name, file);
    const size = fs.statSync(file).size;
    if (size > most) faults.push(`${name}: ${size} bytes`);
};
const time = ["--time", "followup", "--event", "relapse = 'yes'", "--change", "crp"];
report("example", 300e3, "--example");
for (const cases of [1, 3, 5, 40, 100, 300]) {
    for (const days of [false, true]) {
        const sheet = path.join(work, `${cases}${days ? "-days" : ""}.csv`);
        fs.writeFileSync(sheet, series(cases, days));
        report(path.basename(sheet, ".csv"), cases > 5 ? 3e6 : 300e3, sheet, ...time);
        if (cases === 40 && !days) {
            report("40-masked", 3e6, sheet, "--suppress-below", "5");
            report("40-deidentified", 3e6, sheet, "--deidentify");
        }
    }
}

// 2. Chromium is spoken to through a pipe: messages end with a zero byte.
const profile = path.join(work, "profile");
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", `--user-data-dir=${profile}`];
const browser = spawn(chromium, flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
const waiting = new Map();
let requests = [];
let buffer = Buffer.alloc(0);
browser.stdio[4].on("data", (part) => {
    buffer = Buffer.concat([buffer, part]);
    for (let end = buffer.indexOf(0); end >= 0; end = buffer.indexOf(0)) {
        const message = JSON.parse(buffer.subarray(0, end).toString());
        buffer = buffer.subarray(end + 1);
        waiting.get(message.id)?.(message.result ?? message);
        if (message.method === "Network.requestWillBeSent") requests.push(message.params.request.url);
        if (message.method === "Log.entryAdded") faults.push(`the page says: ${message.params.entry.text}`);
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
for (const domain of ["Network", "Runtime", "Page", "Log"]) await call(`${domain}.enable`);
const value = async (expression) => {
    const { result, exceptionDetails } = await call("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails).slice(0, 500));
    return result.value;
};
const shown = (width, scheme, media = "screen") => Promise.all([
    call("Emulation.setEmulatedMedia", { media, features: [{ name: "prefers-color-scheme", value: scheme }] }),
    call("Emulation.setDeviceMetricsOverride", { width, height: 1200, deviceScaleFactor: 1, mobile: false }),
]);
const picture = async (name) => {
    if (!pictures) return;
    const height = await value("Math.min(document.documentElement.scrollHeight, 16000)");
    const width = await value("innerWidth");
    const clip = { x: 0, y: 0, width, height, scale: 1 };
    const { data } = await call("Page.captureScreenshot", { format: "png", captureBeyondViewport: true, clip });
    fs.writeFileSync(path.join(pictures, `${name}.png`), Buffer.from(data, "base64"));
};
// Letters as the browser sets them: none touches another, none leaves its figure, all are told from what is below them.
const letters = `(() => {
    const faults = [];
    for (const svg of document.querySelectorAll("svg")) {
        const frame = svg.getBoundingClientRect();
        const texts = [...svg.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
        texts.forEach(([words, one], at) => {
            // Half of the leading of a line is empty.
            const inset = one.height / 5;
            if (one.left < frame.left || one.right > frame.right || one.top < frame.top - 1 || one.bottom > frame.bottom + 1) faults.push(words + " leaves its figure");
            for (const [others, other] of texts.slice(at + 1)) {
                if (one.left < other.right && other.left < one.right && one.top + inset < other.bottom - inset && other.top + inset < one.bottom - inset) faults.push(words + " lies on " + others);
            }
        });
        if (!svg.querySelector("title")?.textContent || !svg.querySelector("desc")?.textContent) faults.push("a figure without words");
    }
    const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    if (new Set(ids).size < ids.length) faults.push("an id is there twice");
    if (document.documentElement.scrollWidth > innerWidth) faults.push("the page is wider than the screen: " + document.documentElement.scrollWidth);
    return faults.slice(0, 5);
})()`;
// A4 within the margins that a browser takes.
const paper = { width: 718, height: 1047 };
const onPaper = `[...document.querySelectorAll("svg")].map((svg) => svg.parentElement).flatMap((one) => {
    const { width, height } = one.getBoundingClientRect();
    const whole = height <= ${paper.height} && one.scrollWidth <= ${paper.width} && getComputedStyle(one).breakInside === "avoid";
    return whole ? [] : ["a figure is cut on paper: " + one.textContent.slice(0, 60) + " " + Math.round(width) + " x " + Math.round(height)];
})`;
const told = (name, found) => faults.push(...found.map((fault) => `${name}: ${fault}`));

for (const [name, file] of reports) {
    requests = [];
    await call("Page.navigate", { url: `file://${file}` });
    for (let tries = 0; tries < 100 && (await value("document.readyState")) !== "complete"; tries += 1) {
        await new Promise((done) => setTimeout(done, 50));
    }
    for (const [look, width, scheme] of [["light", 1000, "light"], ["dark", 1000, "dark"], ["narrow", 400, "light"]]) {
        await shown(width, scheme);
        told(`${name}, ${look}`, await value(letters));
        await picture(`${name}-${look}`);
        if (axe === "-") continue;
        await value(fs.readFileSync(axe, "utf8"));
        const found = await value("axe.run().then(({ violations }) => violations.map((one) => one.id + ': ' + one.nodes.slice(0, 2).map((node) => node.html.slice(0, 150) + ' ' + node.any.map((it) => it.message).join()).join(' | ')))");
        told(`${name}, ${look}, axe`, found);
    }
    await shown(paper.width, "light", "print");
    told(`${name}, paper`, await value(onPaper));
    if (pictures) {
        await call("Emulation.clearDeviceMetricsOverride");
        const { data } = await call("Page.printToPDF", { paperWidth: 8.27, paperHeight: 11.69 });
        fs.writeFileSync(path.join(pictures, `${name}.pdf`), Buffer.from(data, "base64"));
        fs.copyFileSync(file, path.join(pictures, `${name}.html`));
    }
    const others = requests.filter((url) => url !== `file://${file}`);
    if (others.length > 0) faults.push(`${name}: requests ${others.join(" ")}`);
}
const ended = new Promise((done) => browser.on("exit", done));
browser.kill();
await ended;
fs.rmSync(work, { recursive: true, force: true, maxRetries: 5 });
console.log(faults.length > 0 ? faults.join("\n") : `${reports.size} reports: nothing overlaps, nothing is cut, no request${axe === "-" ? "" : ", no violation"}`);
process.exit(faults.length > 0 ? 1 : 0);
