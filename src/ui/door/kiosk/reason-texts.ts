import { msg } from '@lit/localize';
import type { ServiceReason, TryAgainReason } from '../../../kiosk/index.ts';
import { lostText } from '../../app/lost-text.ts';
import type { Lines } from './instruction-texts.ts';

/** Why nobody was let in, and what helps. */
export function tryAgainText(reason: TryAgainReason): Lines {
  const word = msg('Try again');
  switch (reason) {
    case 'not-recognised':
      return { word, caption: msg('You were not recognised.') };
    case 'not-living':
      return { word, caption: msg('The camera could not see that you are really here. A picture does not open this door.') };
    case 'cannot-see':
      return { word, caption: msg('The camera did not see your face well enough.') };
    case 'too-slow':
      return { word, caption: msg('It took too long. Look at the screen once more.') };
    case 'pin-wrong':
      return { word, caption: msg('The PIN was wrong.') };
    case 'card-invalid':
      return { word, caption: msg('This card is not one of this door, or it has run out.') };
    case 'ask-for-help':
      return { word: msg('Please ask for help'), caption: msg('This screen cannot let you in. Ring, or ask somebody inside.') };
    case 'not-now':
      return { word, caption: msg('Something went wrong here. The door was not opened.') };
    case 'door-unknown':
      return { word: msg('Try the door'), caption: msg('The door did not say whether it opened. Try the handle, or begin again.') };
  }
}

/** Why the kiosk serves nobody: in small, for the owner. What the app does about it, or what the owner can do. */
export function serviceText(reason: ServiceReason): string {
  switch (reason) {
    case 'no-setup':
      return msg('This door is not set up yet. Hold the corner down to begin.');
    case 'update':
      return msg('A new version is being put in. It starts by itself.');
    case 'no-engine':
      return msg('The face models do not run. The screen tries again by itself; the health page says more.');
    case 'no-camera':
      return msg('No camera, or this page may not use it. Allow it for every visit in the browser’s settings.');
    case 'camera-ended':
      return msg('The camera was unplugged or taken by another app. It starts again by itself when it is back.');
    case 'no-frames':
      return msg('The camera sends no pictures. The screen starts it again by itself.');
    case 'camera-covered':
      return msg('The camera sees only darkness. Is it covered?');
    case 'record':
      return msg('The door’s record cannot be written. Without it, nothing is opened.');
    case 'gallery':
      return msg('The list of people cannot be read, or nobody is in it yet.');
    case 'no-keys':
      return lostText(['door']);
    case 'door-offline':
      return msg('What opens the door does not answer, or is not plugged in. The screen tries again by itself.');
    case 'storage-full':
      return msg('This device has no free space left for the record.');
  }
}
