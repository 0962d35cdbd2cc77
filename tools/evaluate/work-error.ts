/** Ends a command with exit code 1: what it was asked to do cannot be done with what it was given. */
export class WorkError extends Error {
  readonly code: string;

  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}
