// Shared by `npm start` and `npm test`. Runs before anything is installed: Node's own modules only.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const leastNode = [20, 19];

/** What the built app is made of. The server is not part of it. */
const builtFrom = ['src', 'sw', 'models', 'public', 'index.html', 'evaluate.html', 'vite.config.ts', 'tsconfig.base.json', 'package-lock.json'];
const notBuilt = new Set(['server']);

const builtStamp = join('dist', 'built-from.txt');

/** A step that did not succeed; its output was already shown. */
export class StepFailed extends Error {
  /**
   * @param {string} step
   * @param {number} code exit code, or 1 when it was ended by a signal
   */
  constructor(step, code) {
    super(step);
    this.step = step;
    this.code = code;
  }
}

/** The message for a Node that is too old, or null. */
export function nodeTooOld(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = leastNode;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return null;
  return `Lintel needs Node ${leastNode.join('.')} or newer; this is Node ${version}. Install a current Node and try again.`;
}

/**
 * Whether every package of package-lock.json is installed at its version. npm writes node_modules/.package-lock.json
 * last, so an install that was cut short counts as missing.
 *
 * @param {string} folder holds package-lock.json and node_modules
 */
export function isInstalled(folder = root) {
  const wanted = lockedPackages(join(folder, 'package-lock.json'));
  const present = lockedPackages(join(folder, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => path === '' || optional || present[path]?.version === version);
}

function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}

/** Installs what package-lock.json names, if it is not there. */
export async function installIfMissing() {
  if (isInstalled()) return;
  await step('Installing packages (once, about a minute)', () => npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']));
}

/** SHA-256 over names and contents of all that the app is built from. */
export function sourcesHash(folder = root) {
  const hash = createHash('sha256');
  for (const file of builtFrom.flatMap((name) => filesUnder(folder, name))) {
    hash.update(`${file}\0`).update(readFileSync(join(folder, file))).update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(folder, name) {
  const path = join(folder, name);
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [name];
  const entries = readdirSync(path).filter((entry) => !notBuilt.has(entry));
  return entries.sort().flatMap((entry) => filesUnder(folder, join(name, entry)));
}

/** Builds the app if there is no build of these very sources. */
export async function buildIfStale() {
  const hash = sourcesHash();
  const stamp = join(root, builtStamp);
  const isFresh = existsSync(join(root, 'dist', 'app', 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (!isFresh) await build();
}

/** Builds the app and notes from which sources. */
export async function build() {
  const hash = sourcesHash();
  await step('Building the app', () => npm(['run', '--silent', 'build']));
  writeFileSync(join(root, builtStamp), hash);
}

/**
 * Shows a heading, does the work, shows how long it took.
 *
 * @param {string} title
 * @param {() => Promise<number>} work gives an exit code
 * @throws {StepFailed} when the exit code is not 0
 */
export async function step(title, work) {
  console.log(`\n${strong('▸')} ${strong(title)}`);
  const startMs = performance.now();
  const code = await work();
  const took = duration(performance.now() - startMs);
  console.log(code === 0 ? `${good('✓')} ${title}  ${quiet(took)}` : `${bad('✗')} ${title}  ${quiet(`failed after ${took}`)}`);
  if (code !== 0) throw new StepFailed(title, code);
}

/** Runs npm; the one that runs us, where there is one. */
export function npm(args, options) {
  const own = process.env.npm_execpath;
  if (own?.endsWith('.js')) return run(process.execPath, [own, ...args], options);
  return process.platform === 'win32' ? run('npm.cmd', args, { ...options, shell: true }) : run('npm', args, options);
}

/** Runs a script of an installed package with this Node, so that a signal reaches it directly. */
export function runScript(script, args, options) {
  return run(process.execPath, [join(root, 'node_modules', ...script.split('/')), ...args], options);
}

/**
 * Runs a program in the root, its output shown as it comes, nothing on its input.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{env?: Record<string, string>, timeoutMs?: number, shell?: boolean, silent?: boolean}} options
 * @returns {Promise<number>} its exit code; 1 for a signal, 124 for a time-out, 127 when it cannot be started
 */
export function run(command, args, { env = {}, timeoutMs = 0, shell = false, silent = false } = {}) {
  return new Promise((resolve) => {
    const output = silent ? 'ignore' : 'inherit';
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', output, output], env: { ...process.env, ...env }, shell });
    let isLate = false;
    const timer = timeoutMs > 0 ? setTimeout(onLate, timeoutMs) : undefined;
    function onLate() {
      isLate = true;
      console.error(`${command} did not end within ${duration(timeoutMs)} and is stopped.`);
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
    }
    child.once('error', () => finish(127));
    child.once('exit', (code) => finish(isLate ? 124 : (code ?? 1)));
    function finish(code) {
      clearTimeout(timer);
      resolve(code);
    }
  });
}

/** `850 ms`, `12.3 s`, `2 min 5 s` */
export function duration(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

const isColoured = Boolean(process.stdout.isTTY) && !process.env.NO_COLOR;
const coloured = (code) => (text) => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
export const strong = coloured('1');
export const quiet = coloured('2');
export const good = coloured('32');
export const bad = coloured('31');
