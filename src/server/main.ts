import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';
import { announcement, failureText } from './announcement.ts';
import { dataFolder } from './data-folder.ts';
import { networkNames } from './network-names.ts';
import { parseOptions, usage } from './options.ts';
import { serve } from './serve.ts';

const siteFolder = fileURLToPath(new URL('../../dist/app', import.meta.url));

/** Serves until a signal; gives the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const command = parseOptions(args);
  if (!command.ok) {
    console.error(`\n  ${command.failure.detail}\n\n${usage}`);
    return 2;
  }
  if (command.value.kind === 'help') {
    console.log(usage);
    return 0;
  }
  const { options } = command.value;
  const site = await serve(options, { siteFolder, dataFolder: dataFolder(), names: networkNames, now: () => new Date() });
  if (!site.ok) {
    console.error(failureText(site.failure));
    return 1;
  }
  console.log(announcement(site.value, options, networkNames(), isatty(1)));
  await stopSignal();
  await site.value.close();
  return 0;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    // `once`: a second signal finds no listener and ends the process at once.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

process.exitCode = await main(process.argv.slice(2));
