import * as v from 'valibot';
import type { Failure, Result } from '../base/index.ts';
import { err, ok, readBoundedJson } from '../base/index.ts';

export type FormatFailure = Failure<'not-json' | 'wrong-format'>;

/** The labels of COCO's largest set have 450 million characters. */
const maxLabelChars = 512 * 1024 * 1024;

/**
 * Parses and checks a JSON text. A failure's detail begins with `what` and names the first wrong field, as in
 * `labels: annotations.12.bbox: Invalid length: Expected 4 but received 3`.
 */
export function parseJson<S extends v.GenericSchema>(text: string, schema: S, what: string): Result<v.InferOutput<S>, FormatFailure> {
  const raw = readBoundedJson(text, maxLabelChars);
  if (!raw.ok) return err('not-json', `${what}: ${raw.failure.detail}`);
  const parsed = v.safeParse(schema, raw.value, { abortEarly: true });
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  return err('wrong-format', [what, path, issue.message].filter(Boolean).join(': '));
}
