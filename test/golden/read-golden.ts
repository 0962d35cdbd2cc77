import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The numbers of a golden case; how they were made stands in the README beside them. The caller names their type. */
export function readGolden(name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, name, 'case.json'), 'utf8'));
}
