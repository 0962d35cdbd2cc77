/** Lines that tell what LiteRT cannot do. It goes on after some of them, with outputs that are all zero. */
const errorMark = /^ERROR: (?!\[)/;
const mostLines = 20;

/** What LiteRT writes on its error stream. Its exceptions only say where in its source they were thrown. */
export class LiteRtLog {
  #errors: string[] = [];

  /** For the runtime's `printErr`. */
  readonly write = (line: string): void => {
    if (errorMark.test(line) && this.#errors.length < mostLines) this.#errors.push(line.replace(errorMark, ''));
  };

  /** The errors since the last call, in one line; null when there were none. */
  take(): string | null {
    const text = this.#errors.join('; ');
    this.#errors = [];
    return text === '' ? null : text;
  }
}
