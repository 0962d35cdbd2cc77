import { msg } from '@lit/localize';
import type { StartStage } from '../../pipeline/index.ts';

/** What the engine does while it starts, in plain words. */
export function progressText(stage: StartStage): string {
  switch (stage) {
    case 'backend':
      return msg('Getting ready…');
    case 'download':
      return msg('Loading the models…');
    case 'build':
      return msg('Building the networks…');
    case 'warm-up':
      return msg('Warming up…');
    case 'measure':
      return msg('Finding the fastest way on this device…');
  }
}
