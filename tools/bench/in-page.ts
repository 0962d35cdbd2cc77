import { messageOf } from '../../src/base/index.ts';
import { WorkError } from '../evaluate/work-error.ts';

/** Asks the benchmark's page for something. Throws WorkError when it fails there, or when the page offers no benchmark. */
export async function inPage<T>(call: () => Promise<T | undefined>): Promise<T> {
  try {
    const value = await call();
    if (value !== undefined) return value;
  } catch (thrown) {
    throw new WorkError('bench-failed', messageOf(thrown));
  }
  throw new WorkError('no-bench-page', 'the page offers no lintelBench');
}
