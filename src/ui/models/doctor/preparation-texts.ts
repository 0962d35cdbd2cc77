import { msg } from '@lit/localize';
import type { ImportedCard } from '../../../runtime/index.ts';
import type { Fitting, Scaling } from './preparations.ts';
import { fittingOf, scalingOf } from './preparations.ts';

type Input = ImportedCard['input'];

export function colourText(colour: Input['colour']): string {
  return colour === 'rgb' ? msg('Red first (RGB)') : msg('Blue first (BGR)');
}

export function scalingText(scaling: Scaling): string {
  switch (scaling) {
    case 'byte':
      return msg('0 to 255');
    case 'unit':
      return msg('0 to 1');
    case 'signed':
      return msg('−1 to 1');
    case 'imagenet':
      return msg('ImageNet mean and deviation');
  }
}

export function fittingText(fitting: Fitting): string {
  switch (fitting) {
    case 'letterbox':
      return msg('Border, picture centred');
    case 'corner':
      return msg('Border, picture in the corner');
    case 'stretch':
      return msg('Stretched');
  }
}

/** How a picture is made the numbers of an input. Example: "Blue first (BGR) · 0 to 255 · Stretched". */
export function preparationText(input: Pick<Input, 'colour' | 'mean' | 'scale' | 'fit'>): string {
  const [scaling, fitting] = [scalingOf(input), fittingOf(input)];
  return [colourText(input.colour), scaling ? scalingText(scaling) : msg('Its own'), fitting ? fittingText(fitting) : msg('Its own')].join(' · ');
}
