import { and, assign, emit, enqueueActions, not, setup } from 'xstate';
import type { ServiceReason, TryAgainReason } from '../snapshot.ts';
import { serviceReasons } from '../snapshot.ts';
import { claimByCard } from '../visit/claim.ts';
import { elapsedMs } from '../visit/moment.ts';
import type { FlowContext, FlowInput } from './context.ts';
import { forNext, freshContext } from './context.ts';
import type { KioskEffect } from './effects.ts';
import type { KioskEvent } from './events.ts';
import { isAdmitted, isAway, isLookedAtOften, isNear, isResting, isSomebodyThere, mayGrant, mustClaim, neededFactor } from './guards.ts';
import { reasonOf, recordedReasons } from './reasons.ts';
import { admittedByFace, admittedByPin, askedToMove, grantToRecord, notedDecision, notedFault, pinOwner } from './steps.ts';
import { contextAfterFrame } from './take-frame.ts';

interface FlowTypes {
  readonly context: FlowContext;
  readonly events: KioskEvent;
  readonly input: FlowInput;
  readonly emitted: KioskEffect;
}

/** Read by the compiler only. */
const types = {} as FlowTypes;

const kioskSetup = setup({
  types,
  delays: {
    decision: ({ context }) => context.times.decisionMs,
    look: ({ context }) => context.times.lookMs,
    confirm: ({ context }) => context.times.confirmMs,
    claim: ({ context }) => context.times.claimMs,
    // The challenge fails by its own time, in frames; this is for frames that do not show the face.
    challenge: ({ context }) => context.times.challengeMs + 500,
    pin: ({ context }) => context.times.pinMs,
    pinCheck: ({ context }) => context.times.pinCheckMs,
    card: ({ context }) => context.times.cardMs,
    record: ({ context }) => context.times.recordMs,
    pulse: ({ context }) => context.times.pulseMs,
    welcome: ({ context }) => context.times.welcomeMs,
    tryAgain: ({ context }) => context.times.tryAgainMs,
    locked: ({ context }) => context.lockedMs,
  },
  guards: {
    isBroken: ({ context }) => context.faults.length > 0,
    isSomebodyThere: ({ context }) => isSomebodyThere(context),
    hasLeft: ({ context }) => isAway(context, context.times.leaveMs),
    hasLeftPad: ({ context }) => context.admitted !== null && isAway(context, context.times.leavePinMs),
    hasLeftList: ({ context }) => isAway(context, context.times.leavePinMs),
    mustClaim: ({ context }) => mustClaim(context),
    hasNoClaim: ({ context }) => context.admitted === null && context.claim === null,
    isResting: ({ context }) => isResting(context),
    isNear: ({ context }) => isNear(context),
    isGood: ({ context }) => isNear(context) && context.visit?.instruction === 'ok',
    isLookedAtOften: ({ context }) => isLookedAtOften(context),
    isNobody: ({ context }) => (context.visit?.firstGoodMs ?? null) === null,
    isGranted: ({ context }) => context.judged?.state === 'granted' && mayGrant(context),
    isRefused: ({ context }) => context.judged?.state === 'refused',
    isSomebodyElse: ({ context }) => context.admitted !== null && context.judged?.state === 'refused',
    cannotCompare: ({ context }) => context.judged?.state === 'failed',
    asksToMove: ({ context }) => context.rules.liveness.challenges.length > 0,
    hasMoved: ({ context }) => context.visit?.challenge?.outcome === 'passed',
    hasNotMoved: ({ context }) => context.visit?.challenge?.outcome === 'failed',
    mayChoose: ({ context, event }) =>
      event.type === 'other-challenge' && context.rules.liveness.challenges.includes(event.challenge) && context.visit?.challenge?.name !== event.challenge,
    mayUsePin: ({ context }) => context.rules.pinInstead,
    isAdmitted: ({ context }) => isAdmitted(context),
    needsCard: ({ context }) => neededFactor(context) === 'card',
    hasTriesLeft: ({ context }) => context.tries < context.limits.tries && isSomebodyThere(context),
    isTriedOut: ({ context }) => context.tries === context.limits.tries && context.rules.pinInstead && isSomebodyThere(context),
    isCard: ({ event }) => event.type === 'card' && event.card !== null,
    isTheirCard: ({ context, event }) => event.type === 'card' && event.card !== null && event.card.personId === context.admitted?.personId,
    isTicket: ({ context, event }) => event.type === 'pin-checked' && event.ticket === context.pending,
    isRight: ({ context: { askedAt, times }, event }) =>
      event.type === 'pin-checked' && event.result?.kind === 'right' && askedAt !== null && elapsedMs(askedAt, event.at) <= times.pinCheckMs,
    isLastWrong: ({ context, event }) => event.type === 'pin-checked' && event.result?.kind === 'wrong' && context.pinsWrong + 1 >= context.limits.pinTries,
    isWrong: ({ event }) => event.type === 'pin-checked' && event.result?.kind === 'wrong',
    isLocked: ({ event }) => event.type === 'pin-checked' && event.result?.kind === 'locked',
    isUnset: ({ event }) => event.type === 'pin-checked' && event.result?.kind === 'none-set',
    isDecision: ({ context, event }) => (event.type === 'recorded' || event.type === 'opened') && event.decisionId === context.pending,
    isKept: ({ context, event }) =>
      event.type === 'recorded' && event.kept && context.admitted !== null && elapsedMs(context.admitted.at, event.at) <= context.times.recordMs,
    hasOpened: ({ event }) => event.type === 'opened' && event.result.outcome === 'opened',
    isUnknown: ({ event }) => event.type === 'opened' && event.result.outcome === 'unknown',
    turnsOn: ({ event }) => event.type === 'maintenance' && event.on,
    turnsOff: ({ event }) => event.type === 'maintenance' && !event.on,
  },
  actions: {
    takeFrame: assign(({ context, event }) => (event.type === 'frame' ? contextAfterFrame(context, event.look, event.gallery) : {})),
    takeFaults: assign({ faults: ({ context, event }) => (event.type === 'faults' ? inOrder(event.reasons) : context.faults) }),
    takeClaim: assign({
      claim: ({ context, event }) => (event.type === 'claim' ? event.claim : event.type === 'card' && event.card ? claimByCard(event.card) : context.claim),
      // Whoever is claimed now, the frames were not compared with them yet.
      judged: null,
    }),
    forget: assign({ ...forNext }),
    welcomeAnyFace: assign({ spentTrack: null }),
    spend: assign({ spentTrack: ({ context }) => context.visit?.trackId ?? context.spentTrack }),
    beginTry: assign({ tries: ({ context }) => context.tries + 1 }),
    endTry: assign({ visit: null, judged: null, admitted: null, pending: null, pinsWrong: 0 }),
    askToMove: assign(({ context }) => askedToMove(context, null)),
    askOther: assign(({ context, event }) => askedToMove(context, event.type === 'other-challenge' ? event.challenge : null)),
    admitByFace: assign({ admitted: ({ context }) => admittedByFace(context) }),
    admitByCard: assign({
      admitted: ({ context: { admitted }, event }) => (event.type === 'card' && admitted ? { ...admitted, factors: [...admitted.factors, 'card' as const], at: event.at } : admitted),
    }),
    admitByPin: assign({ admitted: ({ context, event }) => (event.type === 'pin-checked' ? admittedByPin(context, event.at) : context.admitted) }),
    withoutFace: assign({ admitted: null, visit: null, judged: null, pinsWrong: 0 }),
    newPending: assign({ pending: ({ context }) => context.newId() }),
    wrongPin: assign({ pinsWrong: ({ context }) => context.pinsWrong + 1 }),
    endTries: assign({ tries: ({ context }) => context.limits.tries + 1 }),
    askedNow: assign({ askedAt: ({ context, event }) => (event.type === 'pin' ? event.at : context.askedAt) }),
    lock: assign({
      lockedMs: ({ context, event }) => {
        if (event.type !== 'pin-checked' || event.result?.kind !== 'locked') return context.times.lockedShownMs;
        const { whose, leftMs } = event.result;
        return whose === 'kiosk' && neededFactor(context) === 'pin' ? leftMs : Math.min(leftMs, context.times.lockedShownMs);
      },
    }),
    countRefusal: assign(({ context }) => {
      const refusals = context.refusals + 1;
      const isFull = refusals >= context.limits.maxRefusals;
      return { refusals: isFull ? 0 : refusals, restSince: isFull ? (context.now?.at ?? context.restSince) : context.restSince };
    }),
    countWelcome: assign({ refusals: 0 }),
    say: assign({ reason: (_, reason: TryAgainReason) => reason }),
    sayJudged: assign({ reason: ({ context }) => reasonOf(context.judged) }),
    record: enqueueActions(({ context, enqueue }) => {
      const effect = grantToRecord(context);
      if (effect) enqueue.emit(effect);
    }),
    open: enqueueActions(({ context: { pending }, enqueue }) => {
      if (pending !== null) enqueue.emit({ type: 'open', decisionId: pending });
    }),
    stopOpening: enqueueActions(({ context: { pending }, enqueue }) => {
      if (pending !== null) enqueue.emit({ type: 'stop-opening', decisionId: pending });
    }),
    checkPin: enqueueActions(({ context, event, enqueue }) => {
      const { pending } = context;
      if (event.type === 'pin' && pending !== null) enqueue.emit({ type: 'check-pin', ticket: pending, personId: pinOwner(context), digits: event.digits });
    }),
    noteRefused: emit(({ context }) => notedDecision(context, 'refused', recordedReasons(context))),
    noteUnsure: emit(({ context }) => notedDecision(context, 'unsure', recordedReasons(context))),
    noteBecause: emit(({ context }, code: string) => notedDecision(context, 'refused', [code])),
    noteNotMoved: emit(({ context }) => notedDecision(context, 'refused', ['liveness-failed', `move-${context.visit?.challenge?.name ?? 'none'}`])),
    noteCannotCompare: emit(({ context }) => notedFault('faces', context.judged?.state === 'failed' ? context.judged.code : 'unknown')),
    noteFault: emit((_, { part, code }: { readonly part: 'record' | 'door' | 'pin'; readonly code: string }) => notedFault(part, code)),
  },
});

const toService = { guard: 'isBroken', target: '#outOfService' } as const;
const toIdle = '#idle';
const toTryAgain = '#tryAgain';
/** Not decided in time: the pad, or what to do better. */
const giveUp = [
  { guard: 'mayUsePin', target: '#pin', actions: ['noteUnsure', 'withoutFace'] },
  { target: toTryAgain, actions: ['noteUnsure', 'sayJudged'] },
] as const;
const giveUpAfterLooks = [
  { ...giveUp[0], guard: and(['isLookedAtOften', 'mayUsePin']) },
  { ...giveUp[1], guard: 'isLookedAtOften' },
] as const;
const resting = [
  { guard: and(['isResting', 'mayUsePin']), target: '#pin', actions: 'withoutFace' },
  { guard: 'isResting', target: toTryAgain, actions: { type: 'say', params: 'ask-for-help' } },
] as const;
const refused = [
  { guard: 'isRefused', target: toTryAgain, actions: ['noteRefused', 'countRefusal', 'sayJudged'] },
  { guard: 'cannotCompare', target: toTryAgain, actions: ['noteCannotCompare', 'noteUnsure', 'sayJudged'] },
] as const;
/** The face that was found is not the one that stands there now. */
const somebodyElse = { guard: 'isSomebodyElse', target: toTryAgain, actions: ['noteRefused', 'countRefusal', 'sayJudged'] } as const;
const usePin = { guard: 'mayUsePin', target: '#pin', actions: 'withoutFace' } as const;
const badCard = { target: toTryAgain, actions: [{ type: 'noteBecause', params: 'card-invalid' }, { type: 'say', params: 'card-invalid' }] } as const;

const decided = [
  ...refused,
  { guard: and(['isGranted', 'asksToMove']), target: 'moving' },
  { guard: 'isGranted', target: '#factor', actions: 'admitByFace' },
] as const;

/**
 * What happens at a door. It has no clock, no door and no record of its own: it hears events, asks for effects, and its
 * delays run on the clock of whoever runs it. Every state but those of service ends by time. The door is asked in one
 * place, `decide.opening`, which is entered from one place: when the record of the same decision was kept.
 */
export const kioskMachine = kioskSetup.createMachine({
  id: 'kiosk',
  context: ({ input }) => freshContext(input),
  initial: 'serving',
  on: {
    faults: { actions: 'takeFaults' },
    maintenance: { guard: 'turnsOn', target: '#maintenance' },
  },
  states: {
    serving: {
      initial: 'idle',
      on: { frame: { actions: 'takeFrame' } },
      states: {
        idle: {
          id: 'idle',
          entry: 'forget',
          always: [toService, { guard: and(['isSomebodyThere', 'mustClaim']), target: 'claim' }, { guard: 'isSomebodyThere', target: 'looking' }],
          on: {
            start: [
              { guard: 'mustClaim', target: 'claim', actions: 'welcomeAnyFace' },
              { target: 'looking', actions: 'welcomeAnyFace' },
            ],
            claim: { target: 'looking', actions: ['welcomeAnyFace', 'takeClaim'] },
            card: [{ guard: 'isCard', target: 'looking', actions: ['welcomeAnyFace', 'takeClaim'] }, badCard],
            'use-pin': usePin,
          },
        },
        claim: {
          after: { claim: { target: toIdle, actions: 'spend' } },
          always: [toService, { guard: 'hasLeftList', target: toIdle }],
          on: {
            claim: { target: 'looking', actions: 'takeClaim' },
            card: [{ guard: 'isCard', target: 'looking', actions: 'takeClaim' }, badCard],
            'use-pin': usePin,
            cancel: { target: toIdle, actions: 'spend' },
          },
        },
        looking: {
          entry: 'beginTry',
          initial: 'approach',
          // Who never stood well before the camera may have been nobody who wanted in.
          after: { look: [{ guard: 'isNobody', target: toIdle, actions: 'spend' }, ...giveUp] },
          always: [toService, { guard: 'mustClaim', target: 'claim' }, { guard: 'hasLeft', target: toIdle }, ...resting],
          on: {
            'use-pin': usePin,
            cancel: { target: toIdle, actions: 'spend' },
            claim: { actions: 'takeClaim' },
            card: [{ guard: 'isCard', actions: 'takeClaim' }, badCard],
          },
          states: {
            approach: { always: { guard: 'isNear', target: 'quality' } },
            quality: {
              always: [
                { guard: not('isNear'), target: 'approach' },
                { guard: 'isGood', target: 'liveness' },
              ],
            },
            liveness: {
              initial: 'watching',
              always: { guard: 'isNobody', target: 'approach' },
              states: {
                watching: {
                  after: { decision: [...giveUpAfterLooks, { target: 'slow' }] },
                  always: decided,
                },
                // The device has looked too seldom to give anybody up.
                slow: { always: [...decided, ...giveUpAfterLooks] },
                moving: {
                  entry: 'askToMove',
                  after: { challenge: giveUp },
                  always: [
                    { guard: 'hasNotMoved', target: toTryAgain, actions: ['noteNotMoved', 'countRefusal', { type: 'say', params: 'not-living' }] },
                    ...refused,
                    { guard: 'hasMoved', target: 'confirming' },
                  ],
                  on: { 'other-challenge': { guard: 'mayChoose', actions: 'askOther' } },
                },
                confirming: {
                  after: { confirm: giveUp },
                  always: [...refused, { guard: 'isGranted', target: '#factor', actions: 'admitByFace' }],
                },
              },
            },
          },
        },
        factor: {
          id: 'factor',
          always: [{ guard: 'isAdmitted', target: 'decide' }, { guard: 'needsCard', target: 'card' }, { target: 'pin' }],
        },
        pin: {
          id: 'pin',
          initial: 'typing',
          always: [toService, { guard: 'hasLeftPad', target: toIdle }, somebodyElse],
          on: { cancel: { target: toIdle, actions: 'spend' } },
          states: {
            typing: {
              after: { pin: { target: toTryAgain, actions: [{ type: 'noteBecause', params: 'too-slow' }, { type: 'say', params: 'too-slow' }] } },
              on: {
                claim: { guard: ({ context }) => context.admitted === null, actions: 'takeClaim' },
                card: { guard: ({ context, event }) => context.admitted === null && event.card !== null, actions: 'takeClaim' },
                pin: { guard: not('hasNoClaim'), target: 'checking', actions: ['newPending', 'askedNow', 'checkPin'] },
              },
            },
            checking: {
              after: { pinCheck: { target: toTryAgain, actions: [{ type: 'noteFault', params: { part: 'pin', code: 'timeout' } }, { type: 'say', params: 'not-now' }] } },
              on: {
                'pin-checked': [
                  { guard: not('isTicket') },
                  { guard: 'isRight', target: '#admitted', actions: 'admitByPin' },
                  { guard: 'isLastWrong', target: toTryAgain, actions: [{ type: 'noteBecause', params: 'pin-wrong' }, { type: 'say', params: 'pin-wrong' }] },
                  { guard: 'isWrong', target: 'typing', actions: ['wrongPin', { type: 'noteBecause', params: 'pin-wrong' }] },
                  { guard: 'isLocked', target: '#lockedOut', actions: ['lock', { type: 'noteBecause', params: 'pin-locked' }] },
                  { guard: 'isUnset', target: toTryAgain, actions: [{ type: 'noteBecause', params: 'pin-none' }, { type: 'say', params: 'ask-for-help' }] },
                  { target: toTryAgain, actions: [{ type: 'noteFault', params: { part: 'pin', code: 'not-checked' } }, { type: 'say', params: 'not-now' }] },
                ],
              },
            },
          },
        },
        card: {
          after: { card: { target: toTryAgain, actions: [{ type: 'noteBecause', params: 'too-slow' }, { type: 'say', params: 'too-slow' }] } },
          always: [toService, { guard: 'hasLeftPad', target: toIdle }, somebodyElse],
          on: {
            card: [{ guard: 'isTheirCard', target: '#admitted', actions: 'admitByCard' }, badCard],
            'use-pin': usePin,
            cancel: { target: toIdle, actions: 'spend' },
          },
        },
        admitted: {
          id: 'admitted',
          always: [{ guard: 'isAdmitted', target: 'decide' }, { target: toTryAgain, actions: [{ type: 'noteBecause', params: 'stale' }, { type: 'say', params: 'too-slow' }] }],
        },
        decide: {
          initial: 'recording',
          // What is under way is brought to its end before the owner gets in.
          on: { maintenance: {} },
          states: {
            recording: {
              entry: ['newPending', 'record'],
              after: { record: { target: toTryAgain, actions: [{ type: 'noteFault', params: { part: 'record', code: 'timeout' } }, { type: 'say', params: 'not-now' }] } },
              on: {
                recorded: [
                  { guard: not('isDecision') },
                  { guard: 'isKept', target: 'opening' },
                  { target: toTryAgain, actions: [{ type: 'noteFault', params: { part: 'record', code: 'not-kept' } }, { type: 'say', params: 'not-now' }] },
                ],
              },
            },
            opening: {
              entry: 'open',
              after: { pulse: { target: toTryAgain, actions: ['stopOpening', 'endTries', { type: 'noteFault', params: { part: 'door', code: 'timeout' } }, { type: 'say', params: 'door-unknown' }] } },
              on: {
                opened: [
                  { guard: not('isDecision') },
                  { guard: 'hasOpened', target: '#welcome', actions: 'countWelcome' },
                  { guard: 'isUnknown', target: toTryAgain, actions: ['endTries', { type: 'say', params: 'door-unknown' }] },
                  { target: toTryAgain, actions: ['endTries', { type: 'say', params: 'not-now' }] },
                ],
              },
            },
          },
        },
        welcome: {
          id: 'welcome',
          after: { welcome: { target: toIdle, actions: 'spend' } },
        },
        tryAgain: {
          id: 'tryAgain',
          entry: 'endTry',
          after: {
            tryAgain: [{ guard: 'hasTriesLeft', target: 'looking' }, { guard: 'isTriedOut', target: 'pin', actions: ['beginTry', 'withoutFace'] }, { target: toIdle, actions: 'spend' }],
          },
          always: [toService, { guard: 'hasLeft', target: toIdle }],
          on: { 'use-pin': usePin, cancel: { target: toIdle, actions: 'spend' } },
        },
        lockedOut: {
          id: 'lockedOut',
          after: { locked: toIdle },
          always: toService,
        },
      },
    },
    outOfService: {
      id: 'outOfService',
      entry: 'forget',
      always: { guard: not('isBroken'), target: toIdle },
    },
    maintenance: {
      id: 'maintenance',
      entry: 'forget',
      on: { maintenance: { guard: 'turnsOff', target: toIdle } },
    },
  },
});

function inOrder(reasons: readonly ServiceReason[]): readonly ServiceReason[] {
  return serviceReasons.filter((reason) => reasons.includes(reason));
}
