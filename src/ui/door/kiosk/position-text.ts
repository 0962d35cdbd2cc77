import { msg } from '@lit/localize';
import type { DoorPosition } from '../../../kiosk/index.ts';

/** How the door stands; null where nobody knows. */
export function positionText(position: DoorPosition): string | null {
  switch (position) {
    case 'closed':
      return msg('Door closed');
    case 'open':
      return msg('Door open');
    case 'held':
      return msg('Door held open');
    case 'offline':
      return msg('Door not connected');
    case 'unknown':
      return null;
  }
}
