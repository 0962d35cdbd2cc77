import type { SnapshotFrom } from 'xstate';
import type { KioskSnapshot, LookInstruction } from '../snapshot.ts';
import type { FlowContext } from './context.ts';
import type { kioskMachine } from './machine.ts';

/** What the screen shows of a state. Nothing else of the machine leaves it. */
export function snapshotOf(machine: SnapshotFrom<typeof kioskMachine>): KioskSnapshot {
  const { context } = machine;
  const canUsePin = context.rules.pinInstead;
  if (machine.matches('outOfService')) return { state: 'out-of-service', reason: context.faults[0] ?? 'no-engine' };
  if (machine.matches('maintenance')) return { state: 'maintenance' };
  if (machine.matches({ serving: 'claim' })) return { state: 'claim', ways: context.rules.claimWays };
  if (machine.matches({ serving: { looking: { liveness: 'moving' } } })) return moveOrLook(context, canUsePin);
  if (machine.matches({ serving: 'looking' })) return { state: 'look', say: sayOf(context), canUsePin };
  if (machine.matches({ serving: 'pin' })) return padOf(context, machine.matches({ serving: { pin: 'checking' } }));
  if (machine.matches({ serving: 'card' })) return { state: 'card' };
  if (machine.matches({ serving: 'decide' })) return { state: 'opening' };
  if (machine.matches({ serving: 'welcome' })) return { state: 'welcome', name: context.admitted?.name ?? '' };
  if (machine.matches({ serving: 'tryAgain' })) return { state: 'try-again', reason: context.reason, canUsePin };
  if (machine.matches({ serving: 'lockedOut' })) return { state: 'locked', leftMs: context.lockedMs };
  return { state: 'idle' };
}

/** Nothing else, once the kiosk looks for who it is: what it sees is not told. */
function sayOf({ facesNow, visit }: FlowContext): LookInstruction {
  if (facesNow > 1) return 'one-person-only';
  const instruction = visit?.instruction ?? 'no-face';
  return instruction === 'ok' || instruction === 'no-face' || instruction === 'cannot-see' ? 'look-here' : instruction;
}

function moveOrLook(context: FlowContext, canUsePin: boolean): KioskSnapshot {
  const challenge = context.visit?.challenge?.name;
  if (!challenge) return { state: 'look', say: sayOf(context), canUsePin };
  return { state: 'challenge', challenge, others: context.rules.liveness.challenges.filter((name) => name !== challenge), canUsePin };
}

function padOf({ admitted, claim, pinsWrong }: FlowContext, checking: boolean): KioskSnapshot {
  const purpose = admitted ? 'second' : 'instead';
  return { state: 'pin', purpose, needsName: purpose === 'instead' && claim === null, wrong: pinsWrong > 0, checking };
}
