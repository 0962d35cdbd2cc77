/** A place that takes a text before the next line runs, as the page's local storage does. */
export type InstantPlace = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The page's local storage; null where the browser keeps it from this page. */
export function instantPlace(): InstantPlace | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
