import { readCommand, usage, UsageError } from './command.ts';
import type { Command } from './command.ts';
import { predict } from './predict.ts';
import { say } from './progress.ts';
import { score } from './score.ts';
import { WorkError } from './work-error.ts';

/** Exit codes: 0 done, 1 the work failed, 2 the command line is wrong. */
async function run(argv: readonly string[]): Promise<number> {
  try {
    await perform(readCommand(argv, callerFolder()));
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

async function perform(command: Command): Promise<void> {
  switch (command.name) {
    case 'help':
      process.stdout.write(usage);
      return;
    case 'predict':
      return predict(command);
    case 'score':
      process.stdout.write(`${JSON.stringify(await score(command))}\n`);
  }
}

/** Where the person typed the command: npm itself goes to the folder of the package. */
function callerFolder(): string {
  const { INIT_CWD, npm_lifecycle_event: script } = process.env;
  return script === 'evaluate' && INIT_CWD ? INIT_CWD : process.cwd();
}

process.exitCode = await run(process.argv.slice(2));
