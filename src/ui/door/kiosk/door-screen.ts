import { msg, str } from '@lit/localize';
import type { SVGTemplateResult } from 'lit';
import type { KioskSnapshot } from '../../../kiosk/index.ts';
import { challengePictogram } from './challenge-pictograms.ts';
import { againSign, cardSign, doorClosedSign, lockedSign, lookSign, nameSign, oneSign, outSign, pauseSign, pinSign, welcomeSign } from './door-icons.ts';
import type { DoorSound } from './door-sounds.ts';
import type { Lines } from './instruction-texts.ts';
import { challengeLines, lookLines } from './instruction-texts.ts';
import { tryAgainText } from './reason-texts.ts';
import type { Tone } from './tone.ts';

/** What has the room: the camera's picture, the controls beside a small one, or the answer alone. */
export type KioskLayout = 'picture' | 'controls' | 'answer';

/** What is drawn over the picture: where the face belongs, or the card. */
export type Guide = 'face' | 'card' | 'none';

/** A state for eyes and ears: never a colour alone. */
export interface DoorScreen extends Lines {
  readonly tone: Tone;
  readonly sign: SVGTemplateResult;
  readonly sound: DoorSound | null;
  readonly layout: KioskLayout;
  readonly guide: Guide;
}

export function screenOf(snapshot: KioskSnapshot): DoorScreen {
  const look = { sound: null, layout: 'picture', guide: 'face' } as const;
  const work = { sound: null, layout: 'controls', guide: 'none' } as const;
  const answer = { sound: null, layout: 'answer', guide: 'none' } as const;
  switch (snapshot.state) {
    case 'idle':
      return { ...look, tone: 'calm', sign: lookSign, word: msg('Look here to come in'), caption: msg('Come close and look at the screen.') };
    case 'claim':
      return { ...work, tone: 'calm', sign: nameSign, word: msg('Who are you?'), caption: msg('Say who you are, then look at the screen.') };
    case 'look':
      return { ...look, tone: 'ask', sign: snapshot.say === 'one-person-only' ? oneSign : lookSign, ...lookLines(snapshot.say) };
    case 'challenge':
      return { ...look, tone: 'ask', sign: challengePictogram(snapshot.challenge), sound: 'look', ...challengeLines(snapshot.challenge) };
    case 'pin':
      return snapshot.needsName
        ? { ...work, tone: 'pin', sign: nameSign, sound: 'pin', word: msg('Who are you?'), caption: msg('Your name first, then your PIN.') }
        : { ...work, tone: 'pin', sign: pinSign, sound: snapshot.wrong ? 'again' : 'pin', word: msg('Use your PIN'), caption: pinText(snapshot) };
    case 'card':
      return { ...look, guide: 'card', tone: 'pin', sign: cardSign, sound: 'pin', word: msg('Show your card'), caption: msg('Hold its code up to the camera, a hand’s breadth away.') };
    case 'opening':
      return { ...look, guide: 'none', tone: 'ask', sign: doorClosedSign, word: msg('One moment'), caption: msg('The door is being asked.') };
    case 'welcome':
      return { ...answer, tone: 'good', sign: welcomeSign, sound: 'welcome', word: msg(str`Welcome, ${snapshot.name}`), caption: msg('The door is open. Come in.') };
    case 'try-again':
      return { ...look, guide: 'none', tone: 'again', sign: againSign, sound: 'again', ...tryAgainText(snapshot.reason) };
    case 'locked':
      return { ...answer, tone: 'stop', sign: lockedSign, sound: 'locked', word: msg('Locked'), caption: msg('Too many wrong PINs. No PIN is taken for now.') };
    case 'out-of-service':
      return { ...answer, tone: 'out', sign: outSign, word: msg('Out of service'), caption: msg('This screen cannot open the door now. Please ring, or use your key.') };
    case 'maintenance':
      return { ...answer, tone: 'out', sign: pauseSign, word: msg('Back in a moment'), caption: msg('The owner is at work here.') };
  }
}

function pinText({ checking, wrong, purpose }: Extract<KioskSnapshot, { state: 'pin' }>): string {
  if (checking) return msg('Checking…');
  if (wrong) return msg('That was not it. Try once more.');
  return purpose === 'second' ? msg('Beside your face, this door wants your PIN.') : msg('Type it on the keys.');
}
