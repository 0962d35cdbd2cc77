import * as v from 'valibot';
import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { CentreHead } from './centre.ts';
import { centreHeadSchema } from './centre.ts';
import type { V2Head } from './v2.ts';
import { v2HeadSchema } from './v2.ts';

/** What the network's grid means, as data: one decoder per family reads it. */
export type HeadSpec = CentreHead | V2Head;

const headSchema = v.variant('family', [centreHeadSchema, v2HeadSchema]);

/** Checks the head of a model card. */
export function readHead(json: unknown): Result<HeadSpec, Failure<'head-invalid'>> {
  const parsed = v.safeParse(headSchema, json);
  if (parsed.success) return ok(parsed.output);
  const issue = parsed.issues[0];
  return err('head-invalid', `${v.getDotPath(issue) ?? 'head'}: ${issue.message}`);
}
