import type { Tensor } from '@tensorflow/tfjs-core';
import { customGrad, zeros } from '@tensorflow/tfjs-core';

/** The value of some maths as a constant: no gradient flows back through it to its inputs. */
export function withoutGradient<T extends Tensor>(inputs: readonly Tensor[], compute: () => T): T {
  // tfjs passes the inputs and a save function; the value is made of the caller's own tensors, the shapes are enough for zeros.
  const constant = customGrad(() => ({ value: compute(), gradFunc: () => inputs.map(({ shape }) => zeros(shape)) }));
  return constant(...inputs);
}
