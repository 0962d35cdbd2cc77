import { importBuilt } from '../import-built.ts';
import type * as Learning from './learning.ts';

/** The rooms that learn, for Node. */
export async function loadLearning(): Promise<typeof Learning> {
  return (await importBuilt(new URL('learning.ts', import.meta.url))) as typeof Learning;
}
