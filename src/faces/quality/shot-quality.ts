import type { FaceFacts } from '../../landmarks/index.ts';
import type { RgbaImage } from '../grey-image.ts';

/** The face of one frame, as far as it bears on whether the shot is good. */
export interface Shot {
  /** The aligned face, upright, as it goes into the network. */
  readonly chip: RgbaImage;
  /** Where in the chip the parts of a face lie, in pixels. */
  readonly parts: { readonly eyes: readonly [PartBox, PartBox]; readonly mouth: PartBox };
  /** Between the middles of the eyes in the frame. */
  readonly eyesPx: number;
  /** How much of the face is inside of the frame, 0..1. */
  readonly insideShare: number;
  readonly facts: Pick<FaceFacts, 'yawRad' | 'pitchRad' | 'rollRad' | 'leftEyeOpen' | 'rightEyeOpen' | 'mouthOpen'>;
  /** Faces in the frame. */
  readonly faces: number;
}

export interface PartBox {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** What a good shot is. Every bar belongs to a network and to data that are named where the numbers stand. */
export interface QualityBars {
  /** Of the face's area inside of the frame. */
  readonly minInside: number;
  readonly minEyesPx: number;
  readonly maxEyesPx: number;
  /** Variance of the Laplacian on the chip, 64 x 64, by the variance of its brightness. */
  readonly minSharpness: number;
  /** Mean brightness, 0..255. */
  readonly minMean: number;
  readonly maxMean: number;
  /** Share of pixels that are black or white. */
  readonly maxClipped: number;
  /** Brightness of one half of the face by the other. */
  readonly maxSideRatio: number;
  readonly maxYawRad: number;
  readonly maxPitchRad: number;
  readonly maxRollRad: number;
  readonly minEyeOpen: number;
  readonly maxMouthOpen: number;
  /** Contrast of eyes and mouth by that of the whole face: a part that is covered is even. */
  readonly minPartContrast: number;
}

/** What the person should do next, most pressing first; `ok` when the shot is good. Texts are made in `ui`. */
export type Instruction =
  | 'no-face' | 'one-person-only' | 'come-into-the-picture' | 'come-closer' | 'go-back' | 'more-light' | 'less-light' | 'light-from-the-front' | 'face-the-camera'
  | 'chin-down' | 'chin-up' | 'head-upright' | 'hold-still' | 'open-eyes' | 'close-mouth' | 'uncover-eyes' | 'uncover-mouth' | 'cannot-see' | 'ok';

/** What was measured. `null` could not be: `not sure`, which is not good enough. */
export interface ShotMeasures {
  readonly sharpness: number | null;
  readonly mean: number;
  readonly clippedDark: number;
  readonly clippedBright: number;
  readonly sideRatio: number;
  /** Of the less clear one. */
  readonly eyeContrast: number | null;
  readonly mouthContrast: number | null;
}

export interface QualityVerdict {
  readonly instruction: Instruction;
  /** 0 for a shot that is not good; from 0.5 at the bars to 1 far beyond them, by the mean of all measures. To weigh shots. */
  readonly quality: number;
  /** null where no face could be measured. */
  readonly measures: ShotMeasures | null;
}
