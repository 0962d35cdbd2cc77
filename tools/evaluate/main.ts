import type { Command } from './command.ts';
import { readCommand, usage } from './command.ts';
import { callerFolder, runCommand } from './run-command.ts';
import { score } from './score.ts';

async function perform(command: Command): Promise<void> {
  switch (command.name) {
    case 'help':
      process.stdout.write(usage);
      return;
    case 'predict':
      // Brings a browser and a server along, which score has no use for.
      return (await import('./predict.ts')).predict(command);
    case 'score':
      print(await score(command));
      return;
    case 'verify':
      print(await (await import('./verify.ts')).verify(command));
      return;
    case 'learn':
      print(await (await import('./learn.ts')).learn(command));
  }
}

/** The result alone is on stdout: one line of JSON. */
function print(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

process.exitCode = await runCommand(() => perform(readCommand(process.argv.slice(2), callerFolder('evaluate'))), usage);
