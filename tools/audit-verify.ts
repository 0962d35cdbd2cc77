import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { verifyAudit } from '../src/audit/index.ts';
import { messageOf } from '../src/base/index.ts';
import { callerFolder } from './evaluate/run-command.ts';

const usage = `usage: npm run audit:verify -- FILE [--key <fingerprint>]

  Checks an exported log of a door. Exit code 0: whole; 1: broken, or signed by another key; 2: not a command.
  --key  the fingerprint that the owner wrote down: without it, any key may have signed`;

interface Command {
  readonly file: string;
  readonly fingerprint: string | null;
}

/** @returns null when the arguments are no command */
function readArguments(args: readonly string[]): Command | null {
  const keyAt = args.indexOf('--key');
  const key = keyAt < 0 ? null : (args[keyAt + 1] ?? '').toLowerCase().replace(/[\s:]/g, '');
  if (key !== null && !/^[0-9a-f]{64}$/.test(key)) return null;
  const [file, ...more] = keyAt < 0 ? args : args.toSpliced(keyAt, 2);
  return file !== undefined && !file.startsWith('-') && more.length === 0 ? { file, fingerprint: key } : null;
}

async function perform({ file, fingerprint }: Command): Promise<number> {
  const path = resolve(callerFolder('audit:verify'), file);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await readFile(path));
  } catch (thrown) {
    console.error(`${file} cannot be read: ${messageOf(thrown)}`);
    return 1;
  }
  const verified = await verifyAudit(bytes, fingerprint);
  if (!verified.ok) {
    const { line, code, detail } = verified.failure;
    console.error(`${file}, line ${line}: ${code}: ${detail}`);
    return 1;
  }
  const { report } = verified.value;
  const date = (ms: number): string => new Date(ms).toISOString();
  console.log(`${report.count} entries, from ${date(report.fromMs)} to ${date(report.toMs)}, chain whole, signed by ${report.fingerprint}`);
  console.log(`numbers ${report.firstSeq} to ${report.lastSeq}; whole up to ${date(report.checkedAtMs)}`);
  if (report.stepsBack > 0) console.log(`the clock was set back ${report.stepsBack} times`);
  if (fingerprint === null) console.log('compare the fingerprint with the one that the owner wrote down, or give it with --key');
  return 0;
}

const command = readArguments(process.argv.slice(2));
if (!command) console.error(usage);
process.exitCode = command ? await perform(command) : 2;
