import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { grad, tensor } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

/** Of the gradient of any number of inputs: what float32 and a difference leave of it. */
const relative = 1e-2;

/** Slope of a function of many numbers by central differences, in double precision. */
export function differences(f: (x: readonly number[]) => number, x: readonly number[], step = 1e-6): number[] {
  return x.map((value, i) => (f(x.with(i, value + step)) - f(x.with(i, value - step))) / (2 * step));
}

/** Value and gradient of a loss on tensors. */
export async function valueAndGradient(loss: (x: Tensor) => Scalar, x: readonly number[], shape: number[]): Promise<{ value: number; gradient: number[] }> {
  const at = tensor([...x], shape, 'float32');
  const value = loss(at);
  const slope = grad(loss)(at);
  const [[read], gradient] = await Promise.all([value.data<'float32'>(), slope.data<'float32'>()]);
  for (const one of [at, value, slope]) one.dispose();
  return { value: read!, gradient: [...gradient] };
}

/** Holds a loss on tensors to the same loss in plain numbers: its value, and its gradient to the differences of that. */
export async function expectGradient(loss: (x: Tensor) => Scalar, plain: (x: readonly number[]) => number, x: readonly number[], shape: number[]): Promise<void> {
  const { value, gradient } = await valueAndGradient(loss, x, shape);
  const wanted = plain(x);
  expect(Math.abs(value - wanted), `value ${value} of ${wanted}`).toBeLessThanOrEqual(1e-4 * Math.max(1, Math.abs(wanted)));
  expectClose(gradient, differences(plain, x), 0);
}

/** Holds a gradient to the differences of the same float32 loss: fit for losses too large to be written twice. */
export async function expectOwnGradient(loss: (x: Tensor) => Scalar, x: readonly number[], shape: number[], indices: readonly number[]): Promise<void> {
  const { value, gradient } = await valueAndGradient(loss, x, shape);
  const step = 1e-2;
  const wanted: number[] = [];
  for (const i of indices) {
    const [above, below] = [await valueOf(loss, x.with(i, x[i]! + step), shape), await valueOf(loss, x.with(i, x[i]! - step), shape)];
    wanted.push((above - below) / (2 * step));
  }
  // What rounding the loss to float32 may do to a difference.
  const noise = (2 ** -23 * Math.abs(value)) / step;
  expectClose(indices.map((i) => gradient[i]!), wanted, noise);
}

/** The value alone. */
export async function valueOf(loss: (x: Tensor) => Scalar, x: readonly number[], shape: number[]): Promise<number> {
  const at = tensor([...x], shape, 'float32');
  const value = loss(at);
  const [read] = await value.data<'float32'>();
  at.dispose();
  value.dispose();
  return read!;
}

function expectClose(found: readonly number[], wanted: readonly number[], noise: number): void {
  expect(found).toHaveLength(wanted.length);
  // A number near 0 is held to the size of the largest: the differences cannot tell it from 0.
  const floor = 0.05 * Math.max(...wanted.map(Math.abs), 1e-3);
  for (const [i, value] of wanted.entries()) {
    const allowed = relative * Math.max(Math.abs(value), floor) + noise;
    expect(Math.abs(found[i]! - value), `gradient ${i}: ${found[i]} of ${value}`).toBeLessThanOrEqual(allowed);
  }
}
