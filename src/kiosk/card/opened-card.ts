import type { Descriptor } from '../../faces/index.ts';

/** A QR card that this door has signed and that is not over. */
export interface OpenedCard {
  readonly cardId: string;
  readonly personId: string;
  readonly name: string;
  /** The person's own template, where the card holds one: then the door needs none of its own. */
  readonly template: Descriptor | null;
}
