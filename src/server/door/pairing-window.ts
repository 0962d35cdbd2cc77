import type { Calendar, Clock, Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Key, PairingAnswer, PairingOffer, PairingRefusal, PairingRequest } from '../../doorlink/index.ts';
import { bridgeProof, isKioskProof, newPairingCode, pairingKey, randomBytes, readPairingCode, readPublicKey, toBase64Url } from '../../doorlink/index.ts';

/** How long a code lives. */
export const codeLifeMs = 5 * 60_000;
const triesPerCode = 3;
/** Codes shown in a row after wrong tries, before a person has to ask for the next. */
const codesInARow = 5;

interface Shown {
  readonly key: Promise<Key>;
  readonly offer: PairingOffer;
  readonly untilMs: number;
  readonly untilEpochMs: number;
  triesLeft: number;
}

export interface WindowOptions {
  readonly doorId: string;
  readonly doorName: string;
  readonly bridgeKey: string;
  readonly clock: Clock;
  readonly calendar: Calendar;
  /** Shows a new code to whoever stands at the bridge, after three wrong tries with the one before. */
  show(code: string): void;
  /** Keeps the kiosk. The code is used up also where this fails. */
  keep(kiosk: { readonly kioskId: string; readonly name: string; readonly publicKey: string }): Promise<Result<void, Failure<PairingRefusal>>>;
}

/** Lets one kiosk in for each code that a person asked for: within five minutes, with three tries. */
export class PairingWindow {
  #shown: Shown | null = null;
  #codesLeft = 0;

  constructor(private readonly options: WindowOptions) {}

  /** Makes a new code, which a person must see; an earlier one ends. */
  open(): string {
    this.#codesLeft = codesInARow;
    return this.#newCode();
  }

  offer(): Result<PairingOffer, Failure<PairingRefusal>> {
    const shown = this.#current();
    return shown ? ok(shown.offer) : err('pairing-closed', 'no code is shown');
  }

  async pair(request: PairingRequest): Promise<Result<PairingAnswer, Failure<PairingRefusal>>> {
    const shown = this.#current();
    if (shown?.offer.bridgeNonce !== request.bridgeNonce) return err('pairing-closed', 'no code is shown, or another one');
    // Counted before anything is awaited: many tries at once are many tries.
    shown.triesLeft -= 1;
    const { proof, ...said } = request;
    const transcript = { ...shown.offer, ...said };
    const key = await shown.key;
    const isRight = (await isKioskProof(key, proof, transcript)) && (await readPublicKey(request.kioskKey)) !== null;
    if (!isRight) return this.#missed(shown);
    if (this.#shown !== shown) return err('pairing-closed', 'the code was used or replaced meanwhile');
    this.#shown = null;
    const kioskId = toBase64Url(randomBytes(16));
    const kept = await this.options.keep({ kioskId, name: request.kioskName, publicKey: request.kioskKey });
    return kept.ok ? ok({ kioskId, proof: await bridgeProof(key, transcript, kioskId) }) : kept;
  }

  #missed(shown: Shown): Result<never, Failure<PairingRefusal>> {
    if (shown.triesLeft > 0) return err('wrong-code', `${shown.triesLeft} tries left`);
    if (this.#shown === shown) {
      this.#shown = null;
      if (this.#codesLeft > 0) this.options.show(this.#newCode());
    }
    return err('code-spent', 'three wrong tries');
  }

  #newCode(): string {
    this.#codesLeft -= 1;
    const { doorId, doorName, bridgeKey, clock, calendar } = this.options;
    const code = newPairingCode();
    const salt = randomBytes(16);
    this.#shown = {
      key: pairingKey(readPairingCode(code) ?? '', salt),
      offer: { doorId, doorName, bridgeKey, salt: toBase64Url(salt), bridgeNonce: toBase64Url(randomBytes(16)) },
      untilMs: clock.nowMs() + codeLifeMs,
      untilEpochMs: calendar.epochMs() + codeLifeMs,
      triesLeft: triesPerCode,
    };
    return code;
  }

  #current(): Shown | null {
    const shown = this.#shown;
    if (!shown || shown.triesLeft <= 0) return null;
    const { clock, calendar } = this.options;
    return clock.nowMs() < shown.untilMs && calendar.epochMs() < shown.untilEpochMs ? shown : null;
  }
}
