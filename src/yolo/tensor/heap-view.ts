import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Tensor } from '@tensorflow/tfjs-core';
import { backend, getBackend } from '@tensorflow/tfjs-core';

/**
 * The numbers of a tensor where they lie on the heap of the wasm backend, without a copy; null on another backend.
 * Good until the next operation on tensors, which may reuse or move the heap: look, and let go.
 */
export function heapView(tensor: Tensor): Float32Array | null {
  if (getBackend() !== 'wasm' || tensor.dtype !== 'float32') return null;
  const view = (backend() as unknown as Pick<BackendWasm, 'typedArrayFromHeap'>).typedArrayFromHeap(tensor);
  return view instanceof Float32Array ? view : null;
}
