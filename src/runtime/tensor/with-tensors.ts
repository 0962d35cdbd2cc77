import type { Tensor } from '@tensorflow/tfjs-core';

export type Keep = <T extends Tensor>(tensor: T) => T;

/**
 * Asynchronous work that owns tensors: everything given to `keep` is disposed when the work ends, also when it
 * throws. (`tidy` cannot do this: it must not be async.)
 */
export async function withTensors<T>(work: (keep: Keep) => Promise<T>): Promise<T> {
  const owned: Tensor[] = [];
  try {
    return await work((tensor) => {
      owned.push(tensor);
      return tensor;
    });
  } finally {
    for (const tensor of owned) tensor.dispose();
  }
}
