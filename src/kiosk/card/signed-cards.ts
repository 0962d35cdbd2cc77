import { err } from '../../base/index.ts';
import type { Calendar } from '../../base/index.ts';
import type { Cards } from '../ports.ts';
import type { CardKeys } from './card-keys.ts';
import { readCard } from './card-text.ts';
import type { OpenedCard } from './opened-card.ts';

export interface SignedCardsOptions {
  readonly keys: CardKeys;
  readonly calendar: Calendar;
  /** Whether the person is still one of the door, and this card was not called off. It is asked for every card. */
  readonly isGood: (card: OpenedCard) => boolean | Promise<boolean>;
}

/** The cards that this door has signed. */
export function signedCards({ keys, calendar, isGood }: SignedCardsOptions): Cards {
  return {
    async open(text) {
      const card = await readCard(text.trim(), keys, calendar.epochMs());
      if (!card.ok) return card;
      return (await isGood(card.value)) ? card : err('card-revoked', card.value.cardId);
    },
  };
}
