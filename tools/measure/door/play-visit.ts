import { ok } from '../../../src/base/index.ts';
import type { ChallengeName, Descriptor, DescriptorRule, ImpostorDistances } from '../../../src/faces/index.ts';
import { FaceIndex } from '../../../src/faces/index.ts';
import type { DoorGallery, KioskSnapshot } from '../../../src/kiosk/index.ts';
import { createKiosk, frameRulesFor, rulesOfSettings, servableRules } from '../../../src/kiosk/index.ts';
import type { DetectedFace, FrameResult } from '../../../src/pipeline/index.ts';
import { defaultDoorSettings } from '../../../src/store/index.ts';
import { SteppedClock } from './stepped-clock.ts';

/** How the descriptors of a network are compared. */
export interface Comparison {
  readonly rule: DescriptorRule;
  readonly impostors: ImpostorDistances;
}

/** How a visit ended: `granted` is one pulse of the door; else the last thing that the screen said. */
export interface VisitEnd {
  readonly pulses: number;
  readonly said: 'granted' | Extract<KioskSnapshot, { state: 'try-again' }>['reason'] | Extract<KioskSnapshot, { state: 'look' }>['say'];
}

const personId = 'claimed';
/** As the engine works on a middling tablet. */
const frameEveryMs = 150;
/** Longest that somebody stands there: all tries of one visit fit. */
const visitMs = 30_000;
const rightPin = '314159';

/**
 * Plays one visit through the shipped kiosk at the settings that the set-up begins with: the visitor gives the name of the
 * enrolled person, stands before the camera as the still shows them, does what is asked, and types the right PIN. A
 * stranger who does so knows name and PIN, and has nothing but the face against them.
 *
 * @param enrolled the template of the person who is claimed
 * @param still what the engine says of a picture of the visitor
 */
export async function playVisit(enrolled: Descriptor, still: FrameResult, comparison: Comparison): Promise<VisitEnd> {
  const clock = new SteppedClock();
  const gallery = galleryOf(enrolled, comparison);
  const rules = servableRules(rulesOfSettings({ ...defaultDoorSettings, mode: 'claimed', secondFactor: 'pin', pinInstead: false }, { liveness: null, antispoof: null, flatness: null, moire: null }), false);
  let onFrame: ((frame: FrameResult) => void) | null = null;
  let pulses = 0;
  const kiosk = createKiosk({
    rules,
    frameRules: frameRulesFor(comparison.impostors),
    clock,
    gallery: { current: () => gallery },
    audit: { append: () => Promise.resolve(ok(null)) },
    door: {
      pulse: () => {
        pulses++;
        return Promise.resolve({ outcome: 'opened', code: 'played' });
      },
      position: () => 'closed',
    },
    pins: { check: (_, digits) => Promise.resolve(ok({ kind: digits === rightPin ? ('right' as const) : ('wrong' as const) })) },
    cards: { open: () => Promise.resolve({ ok: false, failure: { code: 'no-card', detail: 'none is shown' } }) },
    frames: {
      subscribe: (listener) => {
        onFrame = listener;
        return () => (onFrame = null);
      },
    },
  });
  let said: VisitEnd['said'] = 'look-here';
  const tell = (frame: FrameResult): void => onFrame?.(frame);
  const endMs = clock.nowMs() + visitMs;
  kiosk.send({ type: 'start' });
  kiosk.send({ type: 'claim', personId });
  let movesSinceMs: number | null = null;
  while (clock.nowMs() < endMs && pulses === 0) {
    const { snapshot } = kiosk;
    if (snapshot.state === 'idle') break;
    if (snapshot.state === 'look') said = snapshot.say === 'look-here' ? said : snapshot.say;
    if (snapshot.state === 'try-again') said = snapshot.reason;
    if (snapshot.state === 'pin' && !snapshot.checking) kiosk.send({ type: 'pin', digits: rightPin });
    movesSinceMs = snapshot.state === 'challenge' ? (movesSinceMs ?? clock.nowMs()) : null;
    const move = snapshot.state === 'challenge' && movesSinceMs !== null ? moveOf(snapshot.challenge, clock.nowMs() - movesSinceMs) : {};
    tell(frameOf(still, clock.nowMs(), move));
    await clock.pass(frameEveryMs);
  }
  kiosk.dispose();
  return { pulses, said: pulses > 0 ? 'granted' : said };
}

function galleryOf(enrolled: Descriptor, { rule, impostors }: Comparison): DoorGallery {
  const index = FaceIndex.build({ values: enrolled.values, personOf: Uint32Array.of(0) }, rule);
  if (!index.ok) throw new Error(`${index.failure.code}: ${index.failure.detail}`);
  return { people: [{ personId, name: personId }], rule, index: index.value, templatesOf: () => [enrolled], negativesOf: () => [], impostors };
}

type Move = Partial<NonNullable<DetectedFace['facts']>>;

const still: Move = { yawRad: 0, pitchRad: 0, rollRad: 0, leftEyeOpen: 0.8, rightEyeOpen: 0.8, smile: 0, blinks: 0 };

/** A living person who rests, does the move that is asked for, and comes back. */
function moveOf(challenge: ChallengeName, sinceMs: number): Move {
  const isOut = sinceMs >= 1000 && sinceMs < 1800;
  switch (challenge) {
    case 'blink':
      return { blinks: sinceMs >= 1000 ? 1 : 0 };
    case 'turn-left':
      return { yawRad: isOut ? 0.6 : 0 };
    case 'turn-right':
      return { yawRad: isOut ? -0.6 : 0 };
    case 'nod':
      return { pitchRad: isOut ? -0.35 : 0 };
    case 'smile':
      return { smile: isOut ? 0.9 : 0 };
  }
}

/** The still as one more frame of a video: faces are followed, their evidence is new, and only the scripted move differs. */
function frameOf(frame: FrameResult, tMs: number, move: Move): FrameResult {
  const faces = frame.faces.map((face, at) => ({
    ...face,
    trackId: at + 1,
    facts: face.facts && { ...face.facts, ...still, ...move },
    evidence: face.evidence && { ...face.evidence, tMs },
  }));
  return { ...frame, frameId: Math.round(tMs), tMs, faces };
}
