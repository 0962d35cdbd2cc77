/**
 * A switch with two thresholds: on above `on`, off below `off`, and in between as it was. A value that trembles about one
 * of them does not make it flicker.
 *
 * @param before how it was; false where nothing was seen before
 */
export function pastThreshold(value: number, before: boolean, { on, off }: { readonly on: number; readonly off: number }): boolean {
  return before ? value >= off : value > on;
}
