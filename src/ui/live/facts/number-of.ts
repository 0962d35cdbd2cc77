/** The number that a face or a body goes by: its track's while it is followed, its place in the list on a still. */
export function numberOf(seen: { readonly trackId: number | null }, index: number): number {
  return seen.trackId ?? index + 1;
}
