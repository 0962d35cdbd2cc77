/**
 * The outcome of something that may fail in an expected way. Bugs throw; expected failures are returned,
 * with a stable `code` for programs and a `detail` for the log. Texts for people are made in `ui`.
 */
export type Result<T, F extends Failure = Failure> = Ok<T> | Err<F>;

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Err<F extends Failure = Failure> {
  readonly ok: false;
  readonly failure: F;
}

export interface Failure<C extends string = string> {
  readonly code: C;
  /** For the log: what exactly happened, in English, never shown as the only message to a person. */
  readonly detail: string;
}

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

export function err<C extends string>(code: C, detail: string): Err<Failure<C>> {
  return { ok: false, failure: { code, detail } };
}

/** The text of a thrown value of unknown type. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return `${thrown.name}: ${thrown.message}`;
  return typeof thrown === 'string' ? thrown : Object.prototype.toString.call(thrown);
}
