import type { KioskClock } from '../ports.ts';
import { cardPrefix } from './card-text.ts';
import type { QrReader } from './qr-reader.ts';

export interface CardWatchParts {
  readonly clock: Pick<KioskClock, 'after'>;
  readonly reader: () => Promise<QrReader>;
  /** Whether a card is awaited now. */
  readonly isWanted: () => boolean;
  /** What the camera shows; null while it shows nothing. */
  readonly picture: () => ImageBitmapSource | null;
  readonly onCard: (text: string) => void;
  /** The reader could not be loaded: cards have to be typed. */
  readonly onNoReader: () => void;
}

/** Between two looks for a code, in milliseconds: a card is read at once, and the engine keeps its share of the time. */
export const cardLookEveryMs = 300;

/** Looks for cards before the camera while one is awaited. Codes that are no card of any door are let be. @returns the way to stop */
export function watchForCards({ clock, reader, isWanted, picture, onCard, onNoReader }: CardWatchParts): () => void {
  let isOver = false;
  let loading: Promise<QrReader> | null = null;
  let cancel = clock.after(cardLookEveryMs, again);
  function again(): void {
    void look().finally(() => {
      if (!isOver) cancel = clock.after(cardLookEveryMs, again);
    });
  }
  async function look(): Promise<void> {
    const shown = isWanted() ? picture() : null;
    if (!shown) return;
    try {
      loading ??= reader();
      const text = await (await loading).read(shown);
      if (text?.startsWith(cardPrefix) && !isOver && isWanted()) onCard(text);
    } catch {
      loading = null;
      onNoReader();
    }
  }
  return () => {
    isOver = true;
    cancel();
  };
}
