import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { customGrad, gather, scatterND, tensor1d, tensor2d } from '@tensorflow/tfjs-core';

/**
 * The rows of a matrix at some indices, differentiable. tfjs's own gradient of `gather` needs a kernel that its wasm
 * backend does not have; each gradient row is added back to where it came from by `scatterND` instead.
 *
 * @param rows at least one, each within the matrix
 */
export function gatherRows(matrix: Tensor2D, rows: Int32Array): Tensor2D {
  const op = customGrad((x) => ({
    value: gather(x as Tensor2D, tensor1d(rows, 'int32')),
    gradFunc: (dy: Tensor) => scatterND(tensor2d(rows, [rows.length, 1], 'int32'), dy, matrix.shape),
  }));
  return op(matrix) as Tensor2D;
}
