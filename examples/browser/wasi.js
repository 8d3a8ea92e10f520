// The calls that the program makes of its system (WASI preview 1), answered from memory: arguments, files
// that only exist here, and what it prints. There is no clock, no network and no disk behind them.
"use strict";

const ERROR = { none: 0, badFile: 8, invalid: 28, noEntry: 44, notSupported: 58, notPermitted: 63 };
const KIND = { unknown: 0, folder: 3, file: 4 };
const FOLDER = 3;

class Exit {
    constructor(code) {
        this.code = code;
    }
}

class System {
    // `files` are bytes by name; `input` is standard input.
    constructor(words, files, input) {
        this.words = words.map((word) => new TextEncoder().encode(word + "\0"));
        this.files = files;
        this.printed = { 1: [], 2: [] };
        this.open = new Map([[0, { bytes: input, at: 0 }]]);
        this.next = FOLDER + 1;
    }

    get view() {
        return new DataView(this.memory.buffer);
    }

    bytes(at, length) {
        return new Uint8Array(this.memory.buffer, at, length);
    }

    text(at, length) {
        return new TextDecoder().decode(this.bytes(at, length));
    }

    // The buffers of a reading or writing call.
    *buffers(at, count) {
        for (let i = 0; i < count; i++) {
            yield this.bytes(this.view.getUint32(at + 8 * i, true), this.view.getUint32(at + 8 * i + 4, true));
        }
    }

    stat(at, kind, number, size) {
        this.bytes(at, 64).fill(0);
        this.view.setBigUint64(at + 8, BigInt(number), true);
        this.view.setUint8(at + 16, kind);
        this.view.setBigUint64(at + 24, 1n, true);
        this.view.setBigUint64(at + 32, BigInt(size), true);
        return ERROR.none;
    }

    find(at, length) {
        const name = this.text(at, length).replace(/^(\.?\/)+/, "");
        return { name, bytes: this.files.get(name) };
    }

    read(file, from, buffers, count, doneAt) {
        let done = 0;
        for (const buffer of this.buffers(buffers, count)) {
            const part = file.bytes.subarray(from + done, from + done + buffer.length);
            buffer.set(part);
            done += part.length;
        }
        this.view.setUint32(doneAt, done, true);
        return done;
    }

    list(words, pointersAt, textAt) {
        for (const word of words) {
            this.view.setUint32(pointersAt, textAt, true);
            this.bytes(textAt, word.length).set(word);
            pointersAt += 4;
            textAt += word.length;
        }
        return ERROR.none;
    }

    sizes(words, countAt, lengthAt) {
        this.view.setUint32(countAt, words.length, true);
        this.view.setUint32(lengthAt, words.reduce((sum, word) => sum + word.length, 0), true);
        return ERROR.none;
    }

    calls() {
        const known = {
            args_sizes_get: (count, length) => this.sizes(this.words, count, length),
            args_get: (pointers, text) => this.list(this.words, pointers, text),
            environ_sizes_get: (count, length) => this.sizes([], count, length),
            environ_get: () => ERROR.none,
            // Nothing that is printed depends on the time.
            clock_time_get: (_clock, _precision, at) => (this.view.setBigUint64(at, 0n, true), ERROR.none),
            random_get: (at, length) => {
                for (let done = 0; done < length; done += 65536) {
                    crypto.getRandomValues(this.bytes(at + done, Math.min(65536, length - done)));
                }
                return ERROR.none;
            },
            sched_yield: () => ERROR.none,
            proc_exit: (code) => {
                throw new Exit(code);
            },
            fd_prestat_get: (fd, at) => {
                if (fd !== FOLDER) return ERROR.badFile;
                this.view.setUint32(at, 0, true);
                this.view.setUint32(at + 4, 1, true);
                return ERROR.none;
            },
            fd_prestat_dir_name: (fd, at, length) => {
                if (fd !== FOLDER || length < 1) return ERROR.badFile;
                this.bytes(at, 1).set(new TextEncoder().encode("/"));
                return ERROR.none;
            },
            fd_fdstat_get: (fd, at) => {
                const kind = fd === FOLDER ? KIND.folder : fd > FOLDER ? KIND.file : KIND.unknown;
                this.bytes(at, 24).fill(0);
                this.view.setUint8(at, kind);
                this.bytes(at + 8, 16).fill(0xff);
                return ERROR.none;
            },
            fd_filestat_get: (fd, at) => {
                if (fd === FOLDER) return this.stat(at, KIND.folder, fd, 0);
                const file = this.open.get(fd);
                return this.stat(at, fd < FOLDER ? KIND.unknown : KIND.file, file?.number ?? fd, file?.bytes.length ?? 0);
            },
            path_filestat_get: (_fd, _flags, path, length, at) => {
                const { name, bytes } = this.find(path, length);
                if (name === "" || name === ".") return this.stat(at, KIND.folder, FOLDER, 0);
                return bytes ? this.stat(at, KIND.file, this.number(name), bytes.length) : ERROR.noEntry;
            },
            path_open: (_fd, _flags, path, length, how, _rights, _inherited, _mode, openedAt) => {
                const { name, bytes } = this.find(path, length);
                const isFolder = name === "" || name === ".";
                if (!isFolder && how !== 0 && !bytes) return ERROR.notPermitted;
                if (!isFolder && !bytes) return ERROR.noEntry;
                const number = isFolder ? FOLDER : this.number(name);
                this.open.set(this.next, { bytes: bytes ?? new Uint8Array(), at: 0, number });
                this.view.setUint32(openedAt, this.next++, true);
                return ERROR.none;
            },
            fd_close: (fd) => (this.open.delete(fd), ERROR.none),
            fd_read: (fd, buffers, count, doneAt) => {
                const file = this.open.get(fd);
                if (!file) return ERROR.badFile;
                file.at += this.read(file, file.at, buffers, count, doneAt);
                return ERROR.none;
            },
            fd_pread: (fd, buffers, count, from, doneAt) => {
                const file = this.open.get(fd);
                if (!file) return ERROR.badFile;
                this.read(file, Number(from), buffers, count, doneAt);
                return ERROR.none;
            },
            fd_seek: (fd, offset, whence, at) => {
                const file = this.open.get(fd);
                if (!file || fd < FOLDER) return ERROR.invalid;
                const to = Number(offset) + [0, file.at, file.bytes.length][whence];
                if (to < 0) return ERROR.invalid;
                file.at = to;
                this.view.setBigUint64(at, BigInt(to), true);
                return ERROR.none;
            },
            fd_write: (fd, buffers, count, doneAt) => {
                if (!this.printed[fd]) return ERROR.badFile;
                let done = 0;
                for (const buffer of this.buffers(buffers, count)) {
                    this.printed[fd].push(buffer.slice());
                    done += buffer.length;
                }
                this.view.setUint32(doneAt, done, true);
                return ERROR.none;
            },
            fd_readdir: (_fd, _buffer, _length, _cookie, usedAt) => (this.view.setUint32(usedAt, 0, true), ERROR.none),
        };
        // A call that has no place here says so to the program.
        return new Proxy(known, { get: (calls, name) => calls[name] ?? (() => ERROR.notSupported) });
    }

    // A number of a file, the same in all calls of a run.
    number(name) {
        return FOLDER + 1 + [...this.files.keys()].indexOf(name);
    }
}

// Runs the compiled program once: its exit code and what it printed.
async function run(program, words, files = new Map(), input = new Uint8Array()) {
    const system = new System(["calc-series", ...words], files, input);
    const calls = system.calls();
    const wanted = WebAssembly.Module.imports(program).map(({ name }) => [name, calls[name]]);
    const instance = await WebAssembly.instantiate(program, { wasi_snapshot_preview1: Object.fromEntries(wanted) });
    system.memory = instance.exports.memory;
    let code = 0;
    try {
        instance.exports._start();
    } catch (ended) {
        if (!(ended instanceof Exit)) throw ended;
        code = ended.code;
    }
    const whole = async (parts) => new Uint8Array(await new Blob(parts).arrayBuffer());
    return { code, stdout: await whole(system.printed[1]), stderr: new TextDecoder().decode(await whole(system.printed[2])) };
}
