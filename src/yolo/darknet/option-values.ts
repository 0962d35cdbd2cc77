import * as v from 'valibot';

/** The issue type of a schema for a value that darknet knows and this reader does not build. */
export const unsupportedMark = 'unsupported: ';

const decimal = /^[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})(e[+-]?\d{1,3})?$/i;

const wholeText = v.pipe(v.string(), v.regex(/^[+-]?\d{1,9}$/, 'not a whole number'), v.transform(Number));
const decimalText = v.pipe(v.string(), v.regex(decimal, 'not a number'), v.transform(Number), v.finite('not a finite number'));

export function whole(min: number, max: number) {
  return v.pipe(wholeText, v.minValue(min, `below ${min}`), v.maxValue(max, `above ${max}`));
}

export function real(min: number, max: number) {
  return v.pipe(decimalText, v.minValue(min, `below ${min}`), v.maxValue(max, `above ${max}`));
}

/** A switch: 0 or 1. */
export const flag = v.pipe(
  whole(0, 1),
  v.transform((value) => value === 1),
);

/** Numbers with commas between them; a comma at the end is forgiven. */
function listOf<T>(item: v.GenericSchema<string, T>, maxItems: number) {
  return v.pipe(
    v.string(),
    v.transform((text) => text.replace(/,$/, '').split(',')),
    v.maxLength(maxItems, `more than ${maxItems} numbers`),
    v.array(item),
  );
}

export const layerList = (maxItems: number) => listOf(whole(-9999, 9999), maxItems);
export const wholeList = (max: number, maxItems: number) => listOf(whole(0, max), maxItems);

/** Widths and heights, in pairs. */
export function pairList(max: number, maxPairs: number) {
  return v.pipe(
    listOf(real(0, max), maxPairs * 2),
    v.check((numbers) => numbers.length % 2 === 0, 'an odd number of sides'),
    v.transform((numbers) => numbers.flatMap((width, i) => (i % 2 === 0 ? [[width, numbers[i + 1] ?? 0] as const] : []))),
  );
}

/** An option that may be written down as long as it changes nothing. */
export function only(neutral: number) {
  return v.optional(v.pipe(decimalText, v.check((value) => value === neutral, `${unsupportedMark}only ${neutral} is built`)));
}

/** One of darknet's words, of which some are built. */
export function word<const T extends string>(built: readonly T[]) {
  return v.picklist(built, ({ received }) => `${unsupportedMark}${received.slice(0, 40)} is not one of ${built.join(', ')}`);
}
