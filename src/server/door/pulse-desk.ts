import type { Calendar, Clock, Failure, Result } from '../../base/index.ts';
import { err, messageOf, ok, withDeadline } from '../../base/index.ts';
import type { PulseOutcome, PulseRequest, Refusal } from '../../doorlink/index.ts';
import { maxPulseLifeMs } from '../../doorlink/index.ts';
import type { Challenges } from './challenges.ts';
import type { DoorOutput, OutputFailure, PulseOrder } from './door-output.ts';
import type { PulseLedger } from './pulse-ledger.ts';
import { RateLimit } from './rate-limit.ts';

/** Outputs end by themselves when an order's time is over; this much later the desk stops waiting for one that does not. */
const outputGraceMs = 250;

export interface PulseDeskParts {
  readonly doorId: string;
  readonly pulsesPerMinute: number;
  readonly challenges: Challenges;
  readonly ledger: PulseLedger;
  readonly output: DoorOutput;
  readonly clock: Clock;
  readonly calendar: Calendar;
}

/**
 * Decides whether a pulse, already known to come from a paired kiosk, reaches the output: fresh by its challenge, of a
 * higher counter than all before, for a decision that had none, one at a time. Counter and decision are on the disk
 * before the output hears of them. Nothing is kept for later: what cannot be done now is refused.
 */
export class PulseDesk {
  readonly #limit: RateLimit;
  #running: Promise<PulseOutcome> | null = null;
  #isClosing = false;

  constructor(private readonly parts: PulseDeskParts) {
    this.#limit = new RateLimit(parts.pulsesPerMinute, 60_000);
  }

  async pulse(request: PulseRequest): Promise<PulseOutcome> {
    if (this.#isClosing) return { outcome: 'refused', code: 'closing' };
    if (this.#running) return { outcome: 'refused', code: 'busy' };
    this.#running = this.#run(request);
    try {
      return await this.#running;
    } finally {
      this.#running = null;
    }
  }

  /** Takes no order from now on, and waits for the one that is at the output. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#running;
  }

  async #run(request: PulseRequest): Promise<PulseOutcome> {
    const order = await this.#admit(request);
    return order.ok ? this.#fire(order.value) : { outcome: 'refused', code: order.failure.code };
  }

  async #admit({ kioskId, doorId, decisionId, counter, challenge, issuedAtMs, expiresAtMs }: PulseRequest): Promise<Result<PulseOrder, Failure<Refusal>>> {
    const { challenges, ledger, output, clock, calendar } = this.parts;
    if (doorId !== this.parts.doorId) return err('other-door', doorId);
    const lifeMs = expiresAtMs - issuedAtMs;
    if (lifeMs <= 0 || lifeMs > maxPulseLifeMs) return err('expired', `a life of ${lifeMs} ms`);
    const issued = challenges.redeem(kioskId, challenge);
    if (!issued.ok) return issued;
    const untilMs = issued.value + lifeMs;
    const untilEpochMs = Math.floor(calendar.epochMs() + untilMs - clock.nowMs());
    const record = await ledger.read(kioskId);
    if (!record.ok) return record;
    if (counter <= record.value.counter) return err('replayed', `counter ${counter} after ${record.value.counter}`);
    if (record.value.decisions.includes(decisionId)) return err('decision-used', decisionId);
    if (!output.ready) return err('output-offline', 'not connected');
    if (!this.#limit.take(clock.nowMs())) return err('too-many', 'pulses in a minute');
    const used = await ledger.use(kioskId, record.value, counter, decisionId);
    if (!used.ok) return used;
    if (clock.nowMs() >= untilMs) return err('expired', 'while it was recorded');
    return ok({ doorId, kioskId, decisionId, untilMs, untilEpochMs });
  }

  async #fire(order: PulseOrder): Promise<PulseOutcome> {
    const { output, clock } = this.parts;
    const done = await withDeadline(guarded(output.pulse(order)), order.untilMs - clock.nowMs() + outputGraceMs, 'the output');
    if (!done.ok) return { outcome: 'unknown', code: 'output-timeout' };
    const result = done.value;
    if (result.ok) return { outcome: 'opened', confirmedBy: result.value };
    switch (result.failure.code) {
      case 'output-offline':
      case 'output-refused':
        return { outcome: 'refused', code: result.failure.code };
      case 'output-timeout':
      case 'output-lost':
        return { outcome: 'unknown', code: result.failure.code };
    }
  }
}

/** An output that throws has a bug; what it did before nobody knows. */
async function guarded<T>(pulse: Promise<Result<T, OutputFailure>>): Promise<Result<T, OutputFailure>> {
  try {
    return await pulse;
  } catch (thrown) {
    return err('output-lost', messageOf(thrown));
  }
}
