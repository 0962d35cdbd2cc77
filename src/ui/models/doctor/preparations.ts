import type { ImportedCard } from '../../../runtime/index.ts';

type Input = ImportedCard['input'];

/** Ways to turn pixels 0..255 into the numbers of an input. */
export const scalings = ['byte', 'unit', 'signed', 'imagenet'] as const;
export type Scaling = (typeof scalings)[number];

/** Mean colour of ImageNet, red first, and the mean of its three deviations: cards hold one scale for all channels. */
const imagenet = { mean: [123.675, 116.28, 103.53], deviation: 57.63 } as const;

export function scalingPatch(scaling: Scaling, colour: Input['colour']): Pick<Input, 'mean' | 'scale'> {
  switch (scaling) {
    case 'byte':
      return { mean: [0, 0, 0], scale: 1 };
    case 'unit':
      return { mean: [0, 0, 0], scale: 1 / 255 };
    case 'signed':
      return { mean: [127.5, 127.5, 127.5], scale: 1 / 127.5 };
    case 'imagenet':
      return { mean: inOrder(imagenet.mean, colour), scale: 1 / imagenet.deviation };
  }
}

/** The scaling of an input; null for one of its own. */
export function scalingOf({ mean, scale, colour }: Pick<Input, 'mean' | 'scale' | 'colour'>): Scaling | null {
  return (
    scalings.find((scaling) => {
      const known = scalingPatch(scaling, colour);
      return Math.abs(known.scale - scale) < 1e-9 && known.mean.every((value, i) => value === mean[i]);
    }) ?? null
  );
}

/** The other order of colours; the means go along. */
export function colourPatch(input: Input, colour: Input['colour']): Pick<Input, 'colour' | 'mean'> {
  const [first, second, third] = input.mean;
  return { colour, mean: colour === input.colour ? input.mean : [third, second, first] };
}

/** Ways to fit a picture into the input. */
export const fittings = ['letterbox', 'corner', 'stretch'] as const;
export type Fitting = (typeof fittings)[number];

/** Grey of the border where none was known: that of the common YOLOs. */
const usualPad = 114;

export function fittingPatch(fitting: Fitting, { fit }: Pick<Input, 'fit'>): Pick<Input, 'fit'> {
  const pad = fit.kind === 'letterbox' ? fit.pad : usualPad;
  switch (fitting) {
    case 'letterbox':
      return { fit: { kind: 'letterbox', align: 'centre', pad } };
    case 'corner':
      return { fit: { kind: 'letterbox', align: 'corner', pad } };
    case 'stretch':
      return { fit: { kind: 'stretch' } };
  }
}

export function fittingOf({ fit }: Pick<Input, 'fit'>): Fitting | null {
  if (fit.kind === 'letterbox') return fit.align === 'centre' ? 'letterbox' : 'corner';
  return fit.kind === 'stretch' ? 'stretch' : null;
}

function inOrder([red, green, blue]: readonly [number, number, number], colour: Input['colour']): Input['mean'] {
  return colour === 'rgb' ? [red, green, blue] : [blue, green, red];
}
