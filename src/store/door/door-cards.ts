import * as v from 'valibot';
import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Database } from '../database.ts';
import type { StoreFailure } from '../store-failure.ts';
import type { RecordChange } from './state-record.ts';
import { changeState, readState } from './state-record.ts';

/** The two key pairs of a door's cards, neither of whose private halves can be read out. */
export interface KeptCardKeys {
  readonly signing: CryptoKeyPair;
  readonly sealing: CryptoKeyPair;
}

/** A card that was given out. Random ids and dates: nothing in it tells who somebody is. */
export interface GivenCard {
  readonly cardId: string;
  readonly personId: string;
  /** Milliseconds since 1970 UTC. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** It opens nothing any more, whoever holds it. */
  readonly isCalledOff: boolean;
}

/** `damaged`: what lies on the disk is not what was written. No card is good then. */
export type DoorCardsFailure = StoreFailure | Failure<'damaged'>;

/** The cards of a door: the keys that sign and open them, and which were given out. */
export interface DoorCards {
  /** The door's keys, made when they are first asked for. */
  keys(): Promise<Result<KeptCardKeys, DoorCardsFailure>>;
  /** All whose time is not over, oldest first. */
  given(nowMs: number): Promise<Result<readonly GivenCard[], DoorCardsFailure>>;
  /** Notes a new card; whatever this person had before is called off. Cards whose time is over are forgotten. */
  give(card: Omit<GivenCard, 'isCalledOff'>): Promise<Result<null, DoorCardsFailure>>;
  /** Calls off every card of a person. */
  callOff(personId: string): Promise<Result<null, DoorCardsFailure>>;
}

const version = 1;
const keyOfKeys = 'card-keys';
const keyOfCards = 'cards';

const isPair = (pair: unknown): boolean => pair instanceof Object && 'privateKey' in pair && pair.privateKey instanceof CryptoKey && 'publicKey' in pair && pair.publicKey instanceof CryptoKey;
const pairSchema = v.custom<CryptoKeyPair>(isPair);
const keysSchema = v.strictObject({ v: v.literal(version), signing: pairSchema, sealing: pairSchema });
const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
const moment = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const cardsSchema = v.strictObject({
  v: v.literal(version),
  cards: v.array(v.strictObject({ cardId: id, personId: id, fromMs: moment, untilMs: moment, isCalledOff: v.boolean() })),
});

/** @param make new keys that cannot be read out */
export function createDoorCards(database: Database, make: () => Promise<KeptCardKeys>): DoorCards {
  const change = async (next: (cards: readonly GivenCard[]) => readonly GivenCard[]): Promise<Result<null, DoorCardsFailure>> => {
    const changed = await changeState(database, keyOfCards, (stored): RecordChange<Result<null, DoorCardsFailure>> => {
      const cards = cardsIn(stored);
      return cards.ok ? { value: ok(null), put: { v: version, cards: next(cards.value) } } : { value: cards };
    });
    return changed.ok ? changed.value : changed;
  };
  return {
    async keys() {
      const stored = await readState(database, keyOfKeys);
      if (!stored.ok) return stored;
      if (stored.value !== undefined) return keysIn(stored.value);
      const made = await make();
      // Another tab may have been quicker: there is one pair for all cards.
      const kept = await changeState(database, keyOfKeys, (now): RecordChange<Result<KeptCardKeys, DoorCardsFailure>> => {
        if (now !== undefined) return { value: keysIn(now) };
        return { value: ok(made), put: { v: version, signing: made.signing, sealing: made.sealing } };
      });
      return kept.ok ? kept.value : kept;
    },
    async given(nowMs) {
      const stored = await readState(database, keyOfCards);
      if (!stored.ok) return stored;
      const cards = cardsIn(stored.value);
      return cards.ok ? ok(cards.value.filter(({ untilMs }) => untilMs > nowMs)) : cards;
    },
    give: (card) => change((cards) => [...calledOff(cards, card.personId).filter(({ untilMs }) => untilMs > card.fromMs), { ...card, isCalledOff: false }]),
    callOff: (personId) => change((cards) => calledOff(cards, personId)),
  };
}

function calledOff(cards: readonly GivenCard[], personId: string): readonly GivenCard[] {
  return cards.map((card) => (card.personId === personId ? { ...card, isCalledOff: true } : card));
}

function keysIn(stored: unknown): Result<KeptCardKeys, Failure<'damaged'>> {
  const parsed = v.safeParse(keysSchema, stored);
  return parsed.success ? ok(parsed.output) : err('damaged', `the keys of cards: ${v.summarize(parsed.issues)}`);
}

function cardsIn(stored: unknown): Result<readonly GivenCard[], Failure<'damaged'>> {
  if (stored === undefined) return ok([]);
  const parsed = v.safeParse(cardsSchema, stored);
  return parsed.success ? ok(parsed.output.cards) : err('damaged', `the cards: ${v.summarize(parsed.issues)}`);
}
