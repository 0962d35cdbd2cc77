import { backend } from '@tensorflow/tfjs-core';

type Allocate = (bytes: number) => number;

interface Heap {
  _malloc: Allocate;
}

const guardedHeaps = new WeakSet<Heap>();

/**
 * Makes a wasm backend that is short of memory say so. Its allocator gives the address 0 where the heap cannot grow, and
 * the library takes that for memory like any other: it would write over the backend's own data and go on with wrong
 * numbers. From now on it throws RangeError. Other backends throw by themselves.
 */
export function guardMemory(): void {
  const heap = (backend() as { readonly wasm?: Heap }).wasm;
  if (!heap || guardedHeaps.has(heap)) return;
  guardedHeaps.add(heap);
  let allocate = heap._malloc;
  const guarded: Allocate = (bytes) => {
    const address = allocate(bytes);
    if (address === 0 && bytes > 0) throw new RangeError(`out of memory: the wasm heap cannot grow by ${bytes} bytes`);
    return address;
  };
  // The module puts the real function in place of a first one when that is called.
  Object.defineProperty(heap, '_malloc', {
    configurable: true,
    get: () => guarded,
    set: (real: Allocate) => {
      allocate = real;
    },
  });
}
