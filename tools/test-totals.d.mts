export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Of those that passed: how many needed a second try. */
  readonly flaky: number;
}
export declare const noTests: Totals;
export declare function totalsOf(file: string): Totals;
export declare function added(a: Totals, b: Totals): Totals;
