export interface AllocationWatch {
  /** The largest run of bytes that was asked for since the last reset. */
  readonly largestBytes: number;
  reset(): void;
  end(): void;
}

const watched = ['ArrayBuffer', 'Uint8Array', 'Int8Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array'] as const;

/** Notes how much memory is asked for by typed arrays and buffers: the constructors are wrapped until the end. */
export function watchAllocations(): AllocationWatch {
  let largestBytes = 0;
  const originals = watched.map((name) => [name, globalThis[name]] as const);
  for (const [name, original] of originals) {
    const bytesEach = 'BYTES_PER_ELEMENT' in original ? original.BYTES_PER_ELEMENT : 1;
    const wrapped: object = new Proxy(original, {
      construct(target, args: readonly unknown[], newTarget): object {
        if (typeof args[0] === 'number') largestBytes = Math.max(largestBytes, args[0] * bytesEach);
        return Reflect.construct(target, args, newTarget === wrapped ? target : newTarget) as object;
      },
    });
    Reflect.set(globalThis, name, wrapped);
  }
  return {
    get largestBytes() {
      return largestBytes;
    },
    reset: () => {
      largestBytes = 0;
    },
    end: () => {
      for (const [name, original] of originals) Reflect.set(globalThis, name, original);
    },
  };
}
