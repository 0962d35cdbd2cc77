// `npm test`: installs what is missing, then checks everything, in the order that finds a mistake soonest.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumHelp, findOrInstallChromium } from './find-or-install-chromium.mjs';
import { bad, build, duration, good, installIfMissing, nodeTooOld, npm, runScript, step, StepFailed } from './install.mjs';
import { added, noTests, totalsOf } from './test-totals.mjs';

const minute = 60_000;
const reports = mkdtempSync(join(tmpdir(), 'lintel-test-'));
let totals = noTests;

/** Runs a test runner and adds what its report says; a runner that fails without a failed test counts as one. */
async function tests(title, report, work) {
  const file = join(reports, report);
  await step(title, async () => {
    const code = await work(file);
    const own = totalsOf(file);
    totals = added(totals, code !== 0 && own.failed === 0 ? added(own, { ...noTests, failed: 1 }) : own);
    return code;
  });
}

async function everything() {
  await counted(installIfMissing());
  let chromium = null;
  await check('Finding Chromium', async () => {
    chromium = await findOrInstallChromium();
    console.log(chromium ?? bad(chromiumHelp));
    return chromium ? 0 : 1;
  });
  // Each of these takes one core for most of its time.
  await all([
    check('Known weaknesses of packages', () => npm(['run', '--silent', 'audit:packages'], { timeoutMs: 2 * minute })),
    check('Types', () => npm(['run', '--silent', 'typecheck'], { timeoutMs: 10 * minute })),
    check('Lint', () => npm(['run', '--silent', 'lint'], { timeoutMs: 12 * minute })),
  ]);
  await tests('Unit tests', 'unit.json', (file) =>
    runScript('vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`], { timeoutMs: 14 * minute }),
  );
  await counted(build());
  const port = process.env.LINTEL_TEST_PORT ?? String(await freePortPair());
  const playwright = (project) => (file) =>
    runScript('@playwright/test/cli.js', ['test', `--project=${project}`, '--reporter=list,json'], {
      env: { CHROMIUM_PATH: chromium, LINTEL_TEST_PORT: port, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
      timeoutMs: 20 * minute,
    });
  await tests('Browser tests', 'browser.json', playwright('browser'));
  await tests('Tests of views', 'views.json', playwright('views'));
  await tests('End-to-end tests', 'e2e.json', playwright('e2e'));
}

/** Waits for all, also where one fails: nothing goes on in the background. */
async function all(checks) {
  const ended = await Promise.allSettled(checks);
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
}

/** A check without tests of its own counts as one failed test when it fails. */
function check(title, work) {
  return counted(step(title, work));
}

async function counted(work) {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof StepFailed) totals = added(totals, { ...noTests, failed: 1 });
    throw thrown;
  }
}

/** A free port whose next one is free too: the app and the module server stand side by side. */
async function freePortPair() {
  for (;;) {
    const port = await freePort(0);
    if (port && (await freePort(port + 1))) return port;
  }
}

function freePort(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, () => {
      const found = server.address().port;
      server.close(() => resolve(found < 65_535 ? found : null));
    });
  });
}

const startMs = performance.now();
const tooOld = nodeTooOld();
if (tooOld) {
  console.error(tooOld);
  process.exit(1);
}
let summary;
try {
  await everything();
  summary = good(`Everything passed in ${duration(performance.now() - startMs)}.`);
} catch (thrown) {
  if (!(thrown instanceof StepFailed)) throw thrown;
  summary = bad(`Stopped at: ${thrown.step}. The reason is above; what comes after it did not run.`);
  process.exitCode = 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
console.log(`\n${summary}`);
if (totals.flaky > 0) console.log(`${totals.flaky} passed only at the second try: named as flaky above`);
if (totals.skipped > 0) console.log(`${totals.skipped} skipped`);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
