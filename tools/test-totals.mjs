// Reads how many tests passed and failed from the JSON reports of the two test runners.
import { readFileSync } from 'node:fs';

/** @typedef {{passed: number, failed: number, skipped: number, flaky: number}} Totals */

/** @type {Totals} */
export const noTests = { passed: 0, failed: 0, skipped: 0, flaky: 0 };

/**
 * @param {string} file written by vitest's or Playwright's JSON reporter
 * @returns {Totals} all 0 when there is no readable report: the runner's exit code then tells
 */
export function totalsOf(file) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return noTests;
  }
  if ('numTotalTests' in report) {
    return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests + report.numTodoTests, flaky: 0 };
  }
  const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = report.stats ?? {};
  return { passed: expected + flaky, failed: unexpected, skipped, flaky };
}

/**
 * @param {Totals} a
 * @param {Totals} b
 * @returns {Totals}
 */
export function added(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped, flaky: a.flaky + b.flaky };
}
