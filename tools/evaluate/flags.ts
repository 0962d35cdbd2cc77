import { parseArgs } from 'node:util';

/** What is wrong with a command line, in words for the person who typed it. */
export class UsageError extends Error {}

export type Flags = Readonly<Record<string, string | undefined>>;

/** Reads `--flag value` pairs. Throws UsageError for an unknown, empty or repeated flag and for anything else. */
export function readFlags(argv: readonly string[], known: readonly string[]): Flags {
  const options = Object.fromEntries(known.map((flag) => [flag, { type: 'string', multiple: true } as const]));
  let values: Readonly<Record<string, string[] | undefined>>;
  try {
    ({ values } = parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }));
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? thrown.message : 'the arguments cannot be read');
  }
  return Object.fromEntries(
    known.map((flag) => {
      const given = values[flag] ?? [];
      if (given.length > 1) throw new UsageError(`--${flag} is given more than once`);
      if (given[0] === '') throw new UsageError(`--${flag} is empty`);
      return [flag, given[0]];
    }),
  );
}

export function required(flags: Flags, name: string): string {
  const value = flags[name];
  if (value === undefined) throw new UsageError(`--${name} is missing`);
  return value;
}

export function oneOf<const T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new UsageError(`--${name} must be one of ${allowed.join(', ')}, not "${value}"`);
  return found;
}

/** A long side of a network input. */
export function wholePx(name: string, text: string): number {
  const sizePx = Number(text);
  const fits = /^\d+$/u.test(text) && sizePx >= 32 && sizePx <= 4096;
  if (!fits) throw new UsageError(`--${name} must be whole pixels from 32 to 4096, not "${text}"`);
  return sizePx;
}

/** A number from 0 to 1. */
export function unitNumber(name: string, text: string): number {
  const value = Number(text);
  const fits = text.trim() !== '' && value >= 0 && value <= 1;
  if (!fits) throw new UsageError(`--${name} must be a number from 0 to 1, not "${text}"`);
  return value;
}
