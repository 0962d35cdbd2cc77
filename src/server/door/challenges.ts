import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Calendar, Clock, Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import { maxPulseLifeMs } from '../../doorlink/index.ts';

const timeBytes = 16;
const randomCount = 16;
const macBytes = 16;

/**
 * Proof that a message is fresh, whatever the clocks say. A challenge is good for two seconds and once. It carries its
 * own time under a MAC whose key lives as long as this process, so nothing is stored for challenges that nobody uses,
 * and none survives a restart.
 *
 * Its age is read from the steady clock, which no person sets. That clock may stand still while the machine sleeps, so
 * the date must not have moved on by more either. A date that jumps forth costs one refusal; none opens.
 */
export class Challenges {
  readonly #key = randomBytes(32);
  /** Used ones, with the steady time until which they would be good. */
  readonly #used = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly calendar: Calendar,
  ) {}

  issue(kioskId: string): string {
    const body = Buffer.alloc(timeBytes + randomCount);
    body.writeDoubleBE(this.clock.nowMs(), 0);
    body.writeDoubleBE(this.calendar.epochMs(), 8);
    randomBytes(randomCount).copy(body, timeBytes);
    return Buffer.concat([body, this.#mac(kioskId, body)]).toString('base64url');
  }

  /** Uses a challenge up. Gives the steady time at which it was issued. */
  redeem(kioskId: string, challenge: string): Result<number, Failure<'stale-challenge' | 'expired'>> {
    const bytes = Buffer.from(challenge, 'base64url');
    const body = bytes.subarray(0, timeBytes + randomCount);
    const mac = bytes.subarray(timeBytes + randomCount);
    if (bytes.length !== timeBytes + randomCount + macBytes || bytes.toString('base64url') !== challenge) return err('stale-challenge', 'no challenge');
    if (!timingSafeEqual(mac, this.#mac(kioskId, body))) return err('stale-challenge', 'not issued to this kiosk by this process');
    const nowMs = this.clock.nowMs();
    for (const [used, untilMs] of this.#used) if (untilMs < nowMs) this.#used.delete(used);
    if (this.#used.has(challenge)) return err('stale-challenge', 'used before');
    const issuedMs = body.readDoubleBE(0);
    const ageMs = Math.max(nowMs - issuedMs, this.calendar.epochMs() - body.readDoubleBE(8));
    if (ageMs > maxPulseLifeMs) return err('expired', `challenge of ${Math.round(ageMs)} ms ago`);
    this.#used.set(challenge, issuedMs + maxPulseLifeMs);
    return ok(issuedMs);
  }

  #mac(kioskId: string, body: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(kioskId).update('\n').update(body).digest().subarray(0, macBytes);
  }
}
