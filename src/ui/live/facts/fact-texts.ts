import { msg, str } from '@lit/localize';
import { formatDegrees, formatInteger } from '../../i18n/format.ts';
import type { BodyReading } from './body-reading.ts';
import type { FaceReading } from './face-reading.ts';

/** What is seen in a face, in a few words each; left and right are the person's own. */
export function faceTexts(face: FaceReading): string[] {
  const texts = [eyesText(face)];
  if (face.gaze && face.leftEye !== 'closed' && face.rightEye !== 'closed') texts.push(gazeText(face.gaze));
  if (face.smiling) texts.push(msg('Smiling'));
  if (face.mouthOpen) texts.push(msg('Mouth open'));
  if (face.blinks === 1) texts.push(msg('Blinked once'));
  else if (face.blinks > 1) texts.push(msg(str`Blinked ${formatInteger(face.blinks)} times`));
  return texts.filter((text) => text !== null);
}

/** How the head is held, with degrees: "Head turned left 25°, tilted right 10°". */
export function headText(face: FaceReading): string {
  const parts = [];
  if (face.turned) parts.push(turnText(face.turned, formatDegrees(face.turnedDeg)));
  if (face.nodded) parts.push(nodText(face.nodded, formatDegrees(face.noddedDeg)));
  if (face.tilted) parts.push(tiltText(face.tilted, formatDegrees(face.tiltedDeg)));
  const [first, second, third] = parts;
  if (!first) return msg('Head straight');
  if (!second) return msg(str`Head ${first}`);
  return third ? msg(str`Head ${first}, ${second}, ${third}`) : msg(str`Head ${first}, ${second}`);
}

/** What is seen in a body, the posture first. */
export function bodyTexts(body: BodyReading): string[] {
  const texts = [postureText(body)];
  if (body.leftHandRaised && body.rightHandRaised) texts.push(msg('Both hands raised'));
  else if (body.leftHandRaised) texts.push(msg('Left hand raised'));
  else if (body.rightHandRaised) texts.push(msg('Right hand raised'));
  return texts;
}

function postureText({ posture, sure }: BodyReading): string {
  switch (posture) {
    case 'standing':
      return sure ? msg('Standing') : msg('Standing (likely)');
    case 'sitting':
      return sure ? msg('Sitting') : msg('Sitting (likely)');
    case 'lying':
      return sure ? msg('Lying') : msg('Lying (likely)');
    case 'not-sure':
      return msg('Posture: not sure');
  }
}

function eyesText({ leftEye, rightEye }: FaceReading): string | null {
  if (leftEye === null && rightEye === null) return null;
  if (leftEye === 'closed' && rightEye === 'closed') return msg('Eyes closed');
  if (leftEye === 'closed') return msg('Left eye closed');
  if (rightEye === 'closed') return msg('Right eye closed');
  if (leftEye === null) return msg('Right eye open');
  return rightEye === null ? msg('Left eye open') : msg('Eyes open');
}

function gazeText(gaze: NonNullable<FaceReading['gaze']>): string {
  switch (gaze) {
    case 'left':
      return msg('Looks to the left');
    case 'right':
      return msg('Looks to the right');
    case 'ahead':
      return msg('Looks ahead');
  }
}

function turnText(side: NonNullable<FaceReading['turned']>, degrees: string): string {
  return side === 'left' ? msg(str`turned left ${degrees}`) : msg(str`turned right ${degrees}`);
}

function nodText(way: NonNullable<FaceReading['nodded']>, degrees: string): string {
  return way === 'up' ? msg(str`up ${degrees}`) : msg(str`down ${degrees}`);
}

function tiltText(side: NonNullable<FaceReading['tilted']>, degrees: string): string {
  return side === 'left' ? msg(str`tilted left ${degrees}`) : msg(str`tilted right ${degrees}`);
}
