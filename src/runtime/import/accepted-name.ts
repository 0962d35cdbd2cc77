import * as v from 'valibot';

const forbiddenNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString']);

/** A name out of a stranger's file. Names become keys of plain objects in the tensor library. */
export const acceptedName = v.pipe(v.string(), v.minLength(1), v.maxLength(1024), v.check((text) => !forbiddenNames.has(text), 'a name that is not accepted'));
