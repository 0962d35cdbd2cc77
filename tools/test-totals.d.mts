export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
export declare const noTests: Totals;
export declare function totalsOf(file: string): Totals;
export declare function added(a: Totals, b: Totals): Totals;
