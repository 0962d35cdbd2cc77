/** Says on stderr how far a long piece of work is; stdout belongs to the result. */
export class Progress {
  readonly #total: number;
  readonly #quietMs: number;
  #lastMs = -Infinity;

  /** @param quietMs least time between two lines where stderr is not a terminal */
  constructor(total: number, quietMs = 5000) {
    this.#total = total;
    this.#quietMs = process.stderr.isTTY ? 0 : quietMs;
  }

  step(done: number, text: string): void {
    const nowMs = performance.now();
    const last = done === this.#total;
    if (!last && nowMs - this.#lastMs < this.#quietMs) return;
    this.#lastMs = nowMs;
    const line = `[${done}/${this.#total}] ${text}`;
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[2K${line}${last ? '\n' : ''}` : `${line}\n`);
  }
}

/** One line on stderr. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
