import { msg } from '@lit/localize';
import type { ChallengeName } from '../../../faces/index.ts';
import type { LookInstruction } from '../../../kiosk/index.ts';

/** A line that stands large, and one below it that says how. */
export interface Lines {
  readonly word: string;
  readonly caption: string;
}

/** The one thing to do so that the camera sees the face well. */
export function lookLines(instruction: LookInstruction): Lines {
  switch (instruction) {
    case 'look-here':
      return { word: msg('Look here'), caption: msg('Hold still, just for a moment.') };
    case 'one-person-only':
      return { word: msg('One at a time'), caption: msg('Only one face in the oval, please. The others step back a little.') };
    case 'come-into-the-picture':
      return { word: msg('Into the oval'), caption: msg('Move until your whole face is in the oval.') };
    case 'come-closer':
      return { word: msg('Come closer'), caption: msg('Until your face fills the oval.') };
    case 'go-back':
      return { word: msg('A little back'), caption: msg('Until your whole face is in the oval.') };
    case 'more-light':
      return { word: msg('Too dark'), caption: msg('Turn to the light, or switch one on.') };
    case 'less-light':
      return { word: msg('Too bright'), caption: msg('Step out of the bright light.') };
    case 'light-from-the-front':
      return { word: msg('Turn to the light'), caption: msg('One half of your face is in the shade.') };
    case 'face-the-camera':
      return { word: msg('Look straight here'), caption: msg('Turn your face to the screen.') };
    case 'chin-down':
      return { word: msg('Chin down a little'), caption: msg('Look straight at the screen.') };
    case 'chin-up':
      return { word: msg('Chin up a little'), caption: msg('Look straight at the screen.') };
    case 'head-upright':
      return { word: msg('Head upright'), caption: msg('Hold your head straight, as well as you can.') };
    case 'hold-still':
      return { word: msg('Hold still'), caption: msg('Just for a moment.') };
    case 'open-eyes':
      return { word: msg('Eyes open'), caption: msg('Look straight at the screen.') };
    case 'close-mouth':
      return { word: msg('Close your mouth'), caption: msg('Only for a moment.') };
    case 'uncover-eyes':
      return { word: msg('Show your eyes'), caption: msg('Take off sunglasses, or brush your hair aside.') };
    case 'uncover-mouth':
      return { word: msg('Show your mouth'), caption: msg('Take off a mask or a scarf, if you can.') };
    case 'cannot-see':
      return { word: msg('Look here'), caption: msg('The camera does not see your face well yet.') };
  }
}

/** What a person is asked to do to show that they are there. */
export function challengeLines(name: ChallengeName): Lines {
  switch (name) {
    case 'blink':
      return { word: msg('Blink'), caption: msg('Close both eyes and open them again.') };
    case 'turn-left':
      return { word: msg('Turn left'), caption: msg('Turn your head to your left, and back.') };
    case 'turn-right':
      return { word: msg('Turn right'), caption: msg('Turn your head to your right, and back.') };
    case 'nod':
      return { word: msg('Nod'), caption: msg('Chin down and up again, once.') };
    case 'smile':
      return { word: msg('Smile'), caption: msg('Smile, and let it go again.') };
  }
}
