import type { InputFit, Size } from '../geometry/index.ts';
import { fitCentred, fitKeepingAspect, scaleShift } from '../geometry/index.ts';
import type { ImportedCard, ModelCard } from './card.ts';
import { allowedSizePx } from './card.ts';

/**
 * The network input for a frame, as the card of the model wants it. An input that is padded or stretched and has no
 * fixed size is a square of the wanted size.
 * Example: 640x480 into a fixed 416x416 is letterboxed 52 px from the top when centred, 0 px when in the corner, with
 * a scale of 0.65 both ways; stretched, the scales are 0.65 and 0.867.
 *
 * @param wantedPx long side of the input; rounded to what the card allows, without effect on a fixed input
 */
export function inputFit(card: ModelCard['input'], frame: Size, wantedPx: number): InputFit {
  const sidePx = allowedSizePx(card, wantedPx);
  const input = fixedSize(card) ?? { width: sidePx, height: sidePx };
  switch (card.fit.kind) {
    case 'aspect':
      return fitKeepingAspect(frame, sidePx, card.multiplePx);
    case 'letterbox':
      return card.fit.align === 'centre' ? fitCentred(frame, input) : fitInCorner(frame, input);
    case 'stretch':
      return { input, frameToInput: scaleShift(input.width / frame.width, input.height / frame.height, 0, 0) };
  }
}

function fixedSize(card: ModelCard['input']): Size | undefined {
  return (card as ImportedCard['input']).fixedPx;
}

function fitInCorner(frame: Size, input: Size): InputFit {
  const scale = Math.min(input.width / frame.width, input.height / frame.height);
  return { input, frameToInput: scaleShift(scale, scale, 0, 0) };
}
