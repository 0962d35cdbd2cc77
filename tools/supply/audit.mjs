// A step of `npm test`: fails on a known weakness of a package, unless audit-exceptions.json explains why it does no harm here.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { judgeAudit } from './judge-audit.mjs';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const exceptions = JSON.parse(readFileSync(new URL('audit-exceptions.json', import.meta.url), 'utf8'));

/** npm answers with code 1 when it finds something: what it printed counts. */
const printed = await new Promise((resolve) => {
  execFile(npm, ['audit', '--json'], { cwd: fileURLToPath(new URL('../..', import.meta.url)), timeout: 60_000, maxBuffer: 64 * 1024 * 1024, shell: process.platform === 'win32' }, (_, stdout) => resolve(stdout));
});
const { verdict, lines } = judgeAudit(printed, exceptions);
for (const line of lines) console.log(line);
process.exitCode = verdict === 'weak' ? 1 : 0;
