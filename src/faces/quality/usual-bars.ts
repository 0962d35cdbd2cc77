import type { QualityBars } from './shot-quality.ts';

/**
 * Bars for a shot that is to be kept or to count. Sharpness, light and contrast: 60 press portraits, faces of 110 px, each
 * as it is and blurred by 2 px. Sharpness was 0.07 or more in 95 of 100 of them and 0.036 or less in 95 of 100 blurred
 * ones; brightness 76 to 183 and the brighter side 1.7 times the darker one at most; contrast of eyes and mouth 0.28 or
 * more. Size and pose are rules of thumb: half of the pixels of a 150 px chip, and turns that hide neither eye.
 */
export const usualBars: QualityBars = {
  minInside: 0.98,
  minEyesPx: 40,
  maxEyesPx: 400,
  minSharpness: 0.045,
  minMean: 60,
  maxMean: 200,
  maxClipped: 0.15,
  maxSideRatio: 2,
  maxYawRad: 0.35,
  maxPitchRad: 0.35,
  maxRollRad: 0.4,
  minEyeOpen: 0.25,
  maxMouthOpen: 0.6,
  minPartContrast: 0.22,
};
