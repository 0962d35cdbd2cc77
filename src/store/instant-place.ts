import { readBoundedJson } from '../base/index.ts';

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

/** More than any note of the app holds. */
const maxNoteChars = 20_000;

/**
 * One note of the app under a key of an instant place, as JSON. It fails silently: a place that is full or switched off takes
 * nothing, and what cannot be read is as good as none.
 */
export class InstantNote {
  constructor(
    private readonly place: InstantPlace | null,
    private readonly key: string,
  ) {}

  /** Of any shape: whoever reads it checks it. null: there is none. */
  read(): unknown {
    const text = this.#try((place) => place.getItem(this.key));
    const read = text ? readBoundedJson(text, maxNoteChars) : null;
    return read?.ok ? read.value : null;
  }

  write(value: object): void {
    this.#try((place) => place.setItem(this.key, JSON.stringify(value)));
  }

  clear(): void {
    this.#try((place) => place.removeItem(this.key));
  }

  #try<T>(work: (place: InstantPlace) => T): T | null {
    try {
      return this.place && work(this.place);
    } catch {
      return null;
    }
  }
}
