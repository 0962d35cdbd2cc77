import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';
import { announcement, failureText } from './announcement.ts';
import { dataFolder } from './data-folder.ts';
import { networkNames } from './network-names.ts';
import type { Command } from './options.ts';
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
  if (command.value.kind === 'list-kiosks' || command.value.kind === 'revoke-kiosk') return attendKiosks(command.value);
  const { options } = command.value;
  const log = (line: string) => console.log(`  ${new Date().toISOString()} ${line}`);
  const site = await serve(options, { siteFolder, dataFolder: dataFolder(), names: networkNames, now: () => new Date(), log });
  if (!site.ok) {
    console.error(failureText(site.failure));
    return 1;
  }
  console.log(announcement(site.value, options, networkNames(), isatty(1)));
  const stopAttending = site.value.door ? await (await import('./door-terminal.ts')).attendDoor(site.value.door) : null;
  await stopSignal();
  stopAttending?.();
  await site.value.close();
  return 0;
}

async function attendKiosks(command: Extract<Command, { kind: 'list-kiosks' | 'revoke-kiosk' }>): Promise<number> {
  const { listKiosks, revokeKiosk } = await import('./door-terminal.ts');
  return command.kind === 'list-kiosks' ? listKiosks(command.configPath, dataFolder()) : revokeKiosk(command.configPath, command.kioskId, dataFolder());
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    // `once`: a second signal finds no listener and ends the process at once.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

process.exitCode = await main(process.argv.slice(2));
