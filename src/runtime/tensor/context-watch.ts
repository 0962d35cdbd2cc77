import { backend } from '@tensorflow/tfjs-core';

interface WithContext {
  getGPGPUContext?(): { readonly gl: { readonly canvas: EventTarget; isContextLost(): boolean } };
}

/** Tells when the WebGL context of a backend is lost: from then on it gives zeros, or no answer at all. */
export interface ContextWatch {
  readonly isLost: boolean;
  end(): void;
}

/** Watches the backend in use. One without a context is never lost. */
export function watchContext(onLost: () => void): ContextWatch {
  const gl = (backend() as unknown as WithContext).getGPGPUContext?.().gl;
  if (!gl) return { isLost: false, end: () => undefined };
  const { canvas } = gl;
  canvas.addEventListener('webglcontextlost', onLost);
  return {
    get isLost() {
      return gl.isContextLost();
    },
    end: () => canvas.removeEventListener('webglcontextlost', onLost),
  };
}
