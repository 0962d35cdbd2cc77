import * as v from 'valibot';
import type { Failure, Result } from '../../base/index.ts';
import { err, ok, readBoundedJsonBytes } from '../../base/index.ts';
import { fromBase64Url, toBase64Url } from '../../doorlink/index.ts';
import type { CardContents } from './card-contents.ts';
import { maxTemplateLength, packContents, unpackContents } from './card-contents.ts';
import type { CardKeys } from './card-keys.ts';
import type { OpenedCard } from './opened-card.ts';
import { seal, unseal } from './seal.ts';

/** Longest text of a card, in characters: what is longer is not looked at. */
export const maxCardChars = 1600;

/** What the text of every card of any door begins with. */
export const cardPrefix = 'LINTEL-CARD';

const version = 1;
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const;

const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
const moment = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const facts = v.strictObject({ card: id, person: id, from: moment, until: moment, sealed: v.pipe(v.string(), v.maxLength(maxCardChars)) });

export interface NewCard extends CardContents {
  readonly personId: string;
  /** Random, and new for each card: a lost one can be called off by it. */
  readonly cardId: string;
  /** Milliseconds since 1970 UTC. */
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * - `not-a-card`: some other code. `card-too-new`: of a newer version of the app. `bad-signature`: of another door, or altered.
 * - `card-over`, `card-early`: out of its time by the device's date. `card-unreadable`: this door cannot open what it holds.
 * - `card-revoked`: called off, or its person is.
 */
export type CardFailure = Failure<'not-a-card' | 'card-too-new' | 'bad-signature' | 'card-over' | 'card-early' | 'card-unreadable' | 'card-revoked'>;

/**
 * The text of a QR card: version, facts as JSON, signature of this door. Whoever photographs a card has a copy of it: it is
 * something that a person has, as a badge is, and no secret. Name and template are sealed for this door.
 */
export async function writeCard(card: NewCard, keys: CardKeys): Promise<Result<string, Failure<'card-too-large'>>> {
  const { personId, cardId, fromMs, untilMs, template } = card;
  if (template && template.values.length > maxTemplateLength) return err('card-too-large', `a template of ${template.values.length} numbers`);
  const sealed = await seal(keys.sealing.publicKey, packContents(card), aboutOf(cardId, personId));
  const body = toBase64Url(utf8(JSON.stringify({ card: cardId, person: personId, from: fromMs, until: untilMs, sealed: toBase64Url(sealed) })));
  const signed = `${cardPrefix}${version}.${body}`;
  const signature = new Uint8Array(await crypto.subtle.sign(signing, keys.signing.privateKey, utf8(signed)));
  const text = `${signed}.${toBase64Url(signature)}`;
  return text.length <= maxCardChars ? ok(text) : err('card-too-large', `${text.length} characters`);
}

/** Reads a card of this door. Whether it was called off is not in it: see `Cards`. */
export async function readCard(text: string, keys: CardKeys, nowMs: number): Promise<Result<OpenedCard, CardFailure>> {
  const parts = text.length <= maxCardChars ? /^LINTEL-CARD(\d{1,3})\.([\w-]+)\.([\w-]+)$/u.exec(text) : null;
  const [, of = '', body = '', signature = ''] = parts ?? [];
  if (!parts) return err('not-a-card', `${text.length} characters`);
  if (Number(of) !== version || of !== String(version)) return err('card-too-new', `version ${of}`);
  const [signed, bytes] = [fromBase64Url(signature), fromBase64Url(body)];
  if (signed?.length !== 64 || !bytes || !(await crypto.subtle.verify(signing, keys.signing.publicKey, signed, utf8(`${cardPrefix}${version}.${body}`)))) {
    return err('bad-signature', 'not signed by this door');
  }
  const read = readBoundedJsonBytes(bytes, maxCardChars);
  const parsed = v.safeParse(facts, read.ok ? read.value : undefined);
  if (!parsed.success) return err('not-a-card', v.summarize(parsed.issues));
  const { card: cardId, person: personId, from, until, sealed } = parsed.output;
  if (nowMs < from) return err('card-early', `from ${from}`);
  if (nowMs >= until) return err('card-over', `until ${until}`);
  const opened = await unseal(keys.sealing.privateKey, fromBase64Url(sealed) ?? new Uint8Array(), aboutOf(cardId, personId));
  const contents = opened && unpackContents(opened);
  return contents ? ok({ cardId, personId, ...contents }) : err('card-unreadable', 'it cannot be opened here');
}

function aboutOf(cardId: string, personId: string): Uint8Array<ArrayBuffer> {
  return utf8(`lintel-card-1\n${cardId}\n${personId}`);
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
