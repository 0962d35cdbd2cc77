import * as v from 'valibot';
import type { Failure, Result } from '../base/index.ts';
import { err, messageOf, ok } from '../base/index.ts';

export type FormatFailure = Failure<'not-json' | 'wrong-format'>;

/**
 * Parses and checks a JSON text. A failure's detail begins with `what` and names the first wrong field, as in
 * `labels: annotations.12.bbox: Invalid length: Expected 4 but received 3`.
 */
export function parseJson<S extends v.GenericSchema>(text: string, schema: S, what: string): Result<v.InferOutput<S>, FormatFailure> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (thrown) {
    return err('not-json', `${what}: ${messageOf(thrown)}`);
  }
  const parsed = v.safeParse(schema, raw, { abortEarly: true });
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  return err('wrong-format', [what, path, issue.message].filter(Boolean).join(': '));
}
