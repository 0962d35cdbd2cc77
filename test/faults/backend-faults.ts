import type { TensorInfo } from '@tensorflow/tfjs-core';
import { backend, getBackend, getKernelsForBackend, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

/**
 * How a backend breaks, while its real kernels run on. `shader`: one kind of kernel throws, as one whose shader was refused.
 * `memory`: the wasm heap is full and cannot grow.
 */
export type BackendFault = 'zeros' | 'nan' | 'frozen' | 'throws' | 'hangs' | 'shader' | 'memory';

type Numbers = Float32Array | Int32Array | Uint8Array;

interface Readable {
  read: (this: Readable, dataId: object) => Promise<Numbers>;
  readSync: (this: Readable, dataId: object) => Numbers;
  /** The wasm backend's heap, in which outputs are decoded without being read. */
  typedArrayFromHeap?: (this: Readable, tensor: TensorInfo) => unknown;
}

/** The kernel of which a shader is refused: it stands in every detector and in the canary. */
const refusedKernels = ['DepthwiseConv2dNative', 'FusedDepthwiseConv2D'];

/**
 * Breaks the backend in use from now on. What comes back from it is spoilt, whichever way it is read.
 *
 * @returns the call that mends it
 */
export function breakBackend(fault: BackendFault): () => void {
  if (fault === 'shader') return refuseKernels();
  if (fault === 'memory') return fillHeap();
  const real = backend() as unknown as Readable;
  const { read, readSync, typedArrayFromHeap } = real;
  const spoil = spoilerOf(fault);
  real.read = async (dataId) => {
    if (fault === 'hangs') return new Promise(() => undefined);
    return spoil(await read.call(real, dataId));
  };
  real.readSync = (dataId) => spoil(readSync.call(real, dataId));
  if (typedArrayFromHeap) real.typedArrayFromHeap = (tensor) => (fault === 'hangs' ? null : spoil(typedArrayFromHeap.call(real, tensor)));
  return () => Object.assign(real, { read, readSync, ...(typedArrayFromHeap ? { typedArrayFromHeap } : {}) });
}

function spoilerOf(fault: Exclude<BackendFault, 'shader' | 'memory'>): <T>(numbers: T) => T {
  const seen = new Map<number, Float32Array>();
  return (numbers) => {
    if (fault === 'throws') throw new Error('the device was removed');
    if (!(numbers instanceof Float32Array)) return numbers;
    if (fault === 'zeros' || fault === 'nan') return numbers.slice().fill(fault === 'nan' ? NaN : 0) as typeof numbers;
    // What came first stays, for each size of an answer.
    const first = seen.get(numbers.length) ?? numbers.slice();
    seen.set(numbers.length, first);
    return first as typeof numbers;
  };
}

function refuseKernels(): () => void {
  const kernels = getKernelsForBackend(getBackend()).filter(({ kernelName }) => refusedKernels.includes(kernelName));
  for (const kernel of kernels) {
    unregisterKernel(kernel.kernelName, kernel.backendName);
    registerKernel({
      ...kernel,
      kernelFunc: () => {
        throw new Error(`Failed to compile fragment shader.`);
      },
    });
  }
  return () => {
    for (const kernel of kernels) {
      unregisterKernel(kernel.kernelName, kernel.backendName);
      registerKernel(kernel);
    }
  };
}

interface Heap {
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** The system gives the wasm backend no more memory, and what its heap had left is taken. */
function fillHeap(): () => void {
  const { wasm } = backend() as unknown as { readonly wasm: Heap };
  const real = Object.getOwnPropertyDescriptor(WebAssembly.Memory.prototype, 'grow') ?? {};
  const refuse = (): never => {
    throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory');
  };
  Object.defineProperty(WebAssembly.Memory.prototype, 'grow', { ...real, value: refuse });
  const taken: number[] = [];
  for (let bytes = 2 ** 24; bytes >= 256; ) {
    const address = allocated(wasm, bytes);
    if (address === 0) bytes /= 2;
    else taken.push(address);
  }
  return () => {
    Object.defineProperty(WebAssembly.Memory.prototype, 'grow', real);
    for (const address of taken) wasm._free(address);
  };
}

/** @returns the address; 0 where there is no room, whether the backend says so by it or by throwing */
function allocated(heap: Heap, bytes: number): number {
  try {
    return heap._malloc(bytes) >>> 0;
  } catch {
    return 0;
  }
}
