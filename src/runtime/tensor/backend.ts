import * as tf from '@tensorflow/tfjs-core';
import type { Failure, Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import { guardMemory } from './memory-guard.ts';
import { rendersInSoftware } from './software-renderer.ts';

export type BackendKind = 'webgl' | 'wasm' | 'cpu';

export interface BackendOptions {
  /** Address of each wasm file by its name. */
  readonly wasmPaths: Readonly<Record<string, string>>;
  /** Threads for the wasm backend, where the page is cross-origin isolated; 1 otherwise. */
  readonly threads: number;
  /** Let WebGL start on a software renderer, which is slower than wasm but computes the same. */
  readonly allowSoftwareWebgl: boolean;
}

export interface BackendInfo {
  readonly backend: BackendKind;
  readonly precisionBits: 16 | 32;
  readonly threads: number;
  readonly simd: boolean;
}

export type BackendFailure = Failure<'backend-unavailable' | 'backend-wrong-numbers'>;

/** Starts one backend and lets it do a small sum with a known answer. Only its own code is loaded. */
export async function startBackend(backend: BackendKind, options: BackendOptions): Promise<Result<BackendInfo, BackendFailure>> {
  try {
    const threadsInUse = await register(backend, options);
    if (!(await tf.setBackend(backend))) return err('backend-unavailable', `tfjs could not start ${backend}`);
    await tf.ready();
    guardMemory();
    const answer = await knownSum();
    const wrong = answer.findIndex((value, i) => !(Math.abs(value - (expectedSum[i] ?? NaN)) < 0.1));
    if (answer.length !== expectedSum.length || wrong >= 0) {
      return err('backend-wrong-numbers', `${backend} computed [${answer.join(', ')}] instead of [${expectedSum.join(', ')}]`);
    }
    const simd = backend === 'wasm' && (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) === true;
    return ok({ backend, precisionBits: tf.backend().floatPrecision(), threads: threadsInUse(), simd });
  } catch (thrown) {
    return err('backend-unavailable', `${backend}: ${messageOf(thrown)}`);
  }
}

/** Loads a backend's code. @returns what tells, once it runs, how many threads it really has */
async function register(backend: BackendKind, options: BackendOptions): Promise<() => number> {
  switch (backend) {
    case 'webgl': {
      if (!options.allowSoftwareWebgl && rendersInSoftware()) throw new Error('the only WebGL here is a software renderer');
      const { MathBackendWebGL } = await import('@tensorflow/tfjs-backend-webgl');
      if (isLost('webgl')) renew('webgl', () => new MathBackendWebGL());
      tf.env().set('SOFTWARE_WEBGL_ENABLED', options.allowSoftwareWebgl);
      return oneThread;
    }
    case 'wasm': {
      const wasm = await import('@tensorflow/tfjs-backend-wasm');
      wasm.setWasmPaths({ ...options.wasmPaths });
      if (options.threads < 2) tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      const threaded = options.threads > 1 && (await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')) === true;
      if (threaded) wasm.setThreadsCount(options.threads);
      return threaded ? wasm.getThreadsCount : oneThread;
    }
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu');
      return oneThread;
  }
}

/** Whether a backend of this thread had a context, and lost it. */
function isLost(name: BackendKind): boolean {
  const kept = tf.findBackend(name) as Partial<WithContext> | null;
  return kept?.getGPGPUContext?.().gl.isContextLost() ?? false;
}

interface WithContext {
  getGPGPUContext(): { readonly gl: { isContextLost(): boolean } };
}

/** The library keeps one backend of a name for a thread, whatever became of it. What it held is lost with its context. */
function renew(name: BackendKind, make: () => tf.KernelBackend): void {
  tf.removeBackend(name);
  tf.registerBackend(name, make);
}

const oneThread = (): number => 1;

/** A 2x2 convolution of the numbers 1..9: 1+2+4+5 = 12, and so on. */
const expectedSum = [12, 16, 24, 28];

async function knownSum(): Promise<number[]> {
  const result = tf.tidy(() => {
    const grid = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    return tf.conv2d(grid, tf.ones([2, 2, 1, 1]), 1, 'valid');
  });
  try {
    return Array.from(await result.data());
  } finally {
    result.dispose();
  }
}
