import * as v from 'valibot';
import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import { centreHeadSchema } from './centre.ts';
import { end2endHeadSchema } from './end2end.ts';
import { fastestdetHeadSchema } from './fastestdet.ts';
import { v2HeadSchema } from './v2.ts';
import { v3HeadSchema } from './v3.ts';
import { v5HeadSchema } from './v5.ts';
import { v8HeadSchema } from './v8.ts';
import { yoloxHeadSchema } from './yolox.ts';

const headSchema = v.variant('family', [
  centreHeadSchema,
  v2HeadSchema,
  v3HeadSchema,
  v5HeadSchema,
  v8HeadSchema,
  end2endHeadSchema,
  yoloxHeadSchema,
  fastestdetHeadSchema,
]);

/** What the network's output means, as data: one decoder per family reads it. */
export type HeadSpec = v.InferOutput<typeof headSchema>;

/** Checks the head of a model card. */
export function readHead(json: unknown): Result<HeadSpec, Failure<'head-invalid'>> {
  const parsed = v.safeParse(headSchema, json);
  if (parsed.success) return ok(parsed.output);
  const issue = parsed.issues[0];
  return err('head-invalid', `${v.getDotPath(issue) ?? 'head'}: ${issue.message}`);
}
