import { env, getBackend } from '@tensorflow/tfjs-core';

/**
 * Whether the backend in use keeps numbers as 32-bit floats all the way. WebGL of some phones renders to 16 bits only: a
 * running count is then wrong from 2,049 on, and scores move by up to a two-thousandth. (`floatPrecision()` of the WebGL
 * backend does not tell: it says 16 where the device renders 32.)
 */
export function keepsFloats(): boolean {
  return getBackend() !== 'webgl' || env().getBool('WEBGL_RENDER_FLOAT32_ENABLED');
}
