import * as v from 'valibot';
import type { Clock } from '../../base/index.ts';
import type { ChallengeAnswer, PulseAnswer, Refusal, RefusedAnswer, Signed, SigningKeys, StateAnswer } from '../../doorlink/index.ts';
import { challengeRequest, digestOf, hasValidSignature, parseJson, pulseRequest, readEnvelope, readPublicKey, stateRequest, writeSigned } from '../../doorlink/index.ts';
import type { Challenges } from './challenges.ts';
import type { KioskRegistry } from './kiosk-registry.ts';
import type { PulseDesk } from './pulse-desk.ts';
import type { PulseLedger } from './pulse-ledger.ts';
import { RateLimit } from './rate-limit.ts';
import type { StateDesk } from './state-desk.ts';

/** Signed requests that one kiosk may make in a second. */
const requestsPerSecond = 50;
/** Refusals in the log in a minute: whoever can reach the bridge can be refused, and must not fill the disk. */
const loggedRefusals = 6;
/** Questions for the state that one kiosk may have waiting. */
const waitsPerKiosk = 8;

export interface BridgeParts {
  readonly doorId: string;
  readonly keys: SigningKeys;
  readonly clock: Clock;
  readonly kiosks: KioskRegistry;
  readonly challenges: Challenges;
  readonly ledger: PulseLedger;
  readonly pulses: PulseDesk;
  readonly states: StateDesk;
  /** Hears of every pulse that was asked with a good signature, and of some refusals. */
  log(line: string): void;
}

type Answer = ChallengeAnswer | PulseAnswer | StateAnswer | RefusedAnswer;
type Checked<S extends v.GenericSchema> = { readonly request: v.InferOutput<S>; readonly to: string } | { readonly refused: RefusedAnswer };
/** What every request says, whatever else it says. */
interface Addressed {
  readonly kioskId: string;
  readonly doorId: string;
}

/** Answers what kiosks ask. Nothing of a request is believed before its signature is. */
export class DoorBridge {
  readonly #limits = new Map<string, RateLimit>();
  readonly #waits = new Map<string, number>();
  readonly #refusalLog = new RateLimit(loggedRefusals, 60_000);

  constructor(private readonly parts: BridgeParts) {}

  /** Each takes a signed request and gives a signed answer; null for what is no signed request at all. */
  challenge(wire: string): Promise<string | null> {
    return this.#answer(wire, challengeRequest, async ({ kioskId }, to) => {
      const record = await this.parts.ledger.read(kioskId);
      if (!record.ok) return { kind: 'refused', to, code: 'not-recorded' };
      return { kind: 'challenge', to, challenge: this.parts.challenges.issue(kioskId), lastCounter: record.value.counter };
    });
  }

  pulse(wire: string): Promise<string | null> {
    return this.#answer(wire, pulseRequest, async (request, to) => {
      const result = await this.parts.pulses.pulse(request);
      const more = result.outcome === 'opened' ? `confirmed by ${result.confirmedBy}` : result.code;
      this.parts.log(`pulse ${request.counter} of kiosk ${request.kioskId} for decision ${request.decisionId}: ${result.outcome} (${more})`);
      return { kind: 'pulse', to, result };
    });
  }

  state(wire: string): Promise<string | null> {
    return this.#answer(wire, stateRequest, async ({ kioskId, known, waitMs }, to) => {
      const waiting = this.#waits.get(kioskId) ?? 0;
      if (waiting >= waitsPerKiosk) return { kind: 'refused', to, code: 'too-many' };
      this.#waits.set(kioskId, waiting + 1);
      try {
        return { kind: 'state', to, state: await this.parts.states.wait(known, waitMs) };
      } finally {
        this.#waits.set(kioskId, (this.#waits.get(kioskId) ?? 1) - 1);
      }
    });
  }

  async #answer<S extends v.GenericSchema<unknown, Addressed>>(wire: string, schema: S, reply: (request: v.InferOutput<S>, to: string) => Promise<Answer>): Promise<string | null> {
    const envelope = readEnvelope(wire);
    if (!envelope) return null;
    const checked = await this.#check(envelope, schema);
    const answer = 'refused' in checked ? checked.refused : await reply(checked.request, checked.to);
    if (answer.kind === 'refused' && this.#refusalLog.take(this.parts.clock.nowMs())) this.parts.log(`a request was refused: ${answer.code}`);
    return writeSigned('bridge', this.parts.keys.privateKey, answer);
  }

  async #check<S extends v.GenericSchema<unknown, Addressed>>(envelope: Signed, schema: S): Promise<Checked<S>> {
    const to = await digestOf(envelope.message);
    const refuse = (code: Refusal): Checked<S> => ({ refused: { kind: 'refused', to, code } });
    const parsed = v.safeParse(schema, parseJson(envelope.message));
    if (!parsed.success) return refuse('bad-message');
    const { kioskId, doorId } = parsed.output;
    const kiosk = await this.parts.kiosks.find(kioskId);
    const key = kiosk ? await readPublicKey(kiosk.publicKey) : null;
    if (!key) return refuse('unknown-kiosk');
    if (!(await hasValidSignature('kiosk', key, envelope))) return refuse('bad-signature');
    if (doorId !== this.parts.doorId) return refuse('other-door');
    return this.#limitOf(kioskId).take(this.parts.clock.nowMs()) ? { request: parsed.output, to } : refuse('too-many');
  }

  #limitOf(kioskId: string): RateLimit {
    const limit = this.#limits.get(kioskId) ?? new RateLimit(requestsPerSecond, 1000);
    this.#limits.set(kioskId, limit);
    return limit;
  }
}
