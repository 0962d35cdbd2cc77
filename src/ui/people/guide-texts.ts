import { msg } from '@lit/localize';
import type { Instruction } from '../../faces/index.ts';
import type { GuideInstruction, Look } from './shot-guide.ts';

/** The one thing to do now, short enough to be heard. */
export function guideText(instruction: GuideInstruction): string {
  switch (instruction) {
    case 'no-face':
      return msg('Look into the camera');
    case 'one-person-only':
      return msg('Only one person, please');
    case 'come-into-the-picture':
      return msg('Move your whole face into the oval');
    case 'come-closer':
      return msg('Come closer');
    case 'go-back':
      return msg('Go back a little');
    case 'more-light':
      return msg('Too dark: turn to the light');
    case 'less-light':
      return msg('Too bright: step out of the light');
    case 'light-from-the-front':
      return msg('Turn until the light falls on your whole face');
    case 'face-the-camera':
      return msg('Look straight into the camera');
    case 'chin-down':
      return msg('Chin down a little');
    case 'chin-up':
      return msg('Chin up a little');
    case 'head-upright':
      return msg('Hold your head upright');
    case 'hold-still':
      return msg('Blurred: hold still');
    case 'open-eyes':
      return msg('Open your eyes');
    case 'close-mouth':
      return msg('Close your mouth');
    case 'uncover-eyes':
      return msg('Uncover your eyes');
    case 'uncover-mouth':
      return msg('Uncover your mouth and nose');
    case 'cannot-see':
      return msg('The camera does not see your face well yet');
    case 'turn-left':
      return msg('Turn your head slightly to your left');
    case 'turn-right':
      return msg('Turn your head slightly to your right');
    case 'turn-less':
      return msg('Turn back a little');
    case 'ok':
      return msg('Good. Hold still');
  }
}

/** What is wrong with a photo that was given: nobody can turn a head in it. */
export function photoText(instruction: Instruction): string {
  switch (instruction) {
    case 'no-face':
      return msg('There is no face in this picture.');
    case 'one-person-only':
      return msg('There is more than one face in this picture.');
    case 'come-into-the-picture':
      return msg('The face is cut off by the edge of this picture.');
    case 'come-closer':
      return msg('The face in this picture is too small.');
    case 'go-back':
      return msg('The face in this picture is too large.');
    case 'more-light':
      return msg('This picture is too dark.');
    case 'less-light':
      return msg('This picture is too bright.');
    case 'light-from-the-front':
      return msg('One half of the face is in the shade.');
    case 'face-the-camera':
    case 'chin-down':
    case 'chin-up':
    case 'head-upright':
      return msg('The face does not look straight into the camera.');
    case 'hold-still':
      return msg('This picture is blurred.');
    case 'open-eyes':
      return msg('The eyes are closed.');
    case 'close-mouth':
      return msg('The mouth is open.');
    case 'uncover-eyes':
      return msg('The eyes are covered.');
    case 'uncover-mouth':
      return msg('The mouth is covered.');
    case 'cannot-see':
      return msg('The face in this picture cannot be seen well.');
    case 'ok':
      return msg('This picture is good.');
  }
}

/** What a look is called. */
export function lookName(look: Look): string {
  switch (look) {
    case 'front':
      return msg('Straight ahead');
    case 'left':
      return msg('Slightly left');
    case 'right':
      return msg('Slightly right');
  }
}
