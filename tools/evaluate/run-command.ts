import { UsageError } from './flags.ts';
import { say } from './progress.ts';
import { WorkError } from './work-error.ts';

/**
 * Performs a command line and turns what went wrong into an exit code: 0 done, 1 the work cannot be done, 2 the
 * command line is wrong. Bugs go on as they are.
 */
export async function runCommand(perform: () => Promise<void>, usage: string): Promise<number> {
  try {
    await perform();
    return 0;
  } catch (thrown) {
    if (thrown instanceof UsageError) {
      say(`${thrown.message}\n\n${usage}`);
      return 2;
    }
    if (thrown instanceof WorkError) {
      say(`${thrown.code}: ${thrown.message}`);
      return 1;
    }
    throw thrown;
  }
}

/** Where the person typed the command: npm itself goes to the folder of the package. */
export function callerFolder(script: string): string {
  const { INIT_CWD, npm_lifecycle_event: running } = process.env;
  return running === script && INIT_CWD ? INIT_CWD : process.cwd();
}
