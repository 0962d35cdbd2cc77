import { endsInZip, unzip } from './bounded-zip.ts';
import { readText } from './bounded-text.ts';
import { FlatTable } from './flatbuffer.ts';
import { ImportError } from './import-failure.ts';
import { importLimits } from './import-limits.ts';
import type { NetworkFacts, Quantisation, StatedTensor } from './model-facts.ts';
import { countOperations } from './model-facts.ts';
import { tfliteOperations } from './tflite-operations.ts';
import { plainReason } from './plain-reason.ts';

/** Ref: schema.fbs, enum TensorType. */
const typeNames = ['float32', 'float16', 'int32', 'uint8', 'int64', 'string', 'bool', 'int16', 'complex64', 'int8', 'float64'];
const identifier = 'TFL3';
const customOperation = 32;

export function looksLikeTflite(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes.subarray(4, 8)) === identifier;
}

/**
 * What a .tflite file says of its network, and the texts of the archive that Ultralytics hangs behind it.
 * Ref: tensorflow/compiler/mlir/lite/schema/schema.fbs, tables Model, SubGraph, Tensor, Operator, OperatorCode,
 * Buffer, SignatureDef, TensorMap.
 *
 * @throws ImportError `tflite-invalid`
 */
export function readTfliteFile(bytes: Uint8Array<ArrayBuffer>, what: string): NetworkFacts {
  try {
    if (!looksLikeTflite(bytes)) throw new RangeError('it has no TFL3 mark');
    const model = FlatTable.root(bytes);
    const graph = model.tables(2, 64)[0];
    if (!graph) throw new RangeError('it holds no graph');
    const tensors = graph.tables(0, importLimits.nodes);
    const tensorAt = (index: number): StatedTensor => {
      const tensor = tensors[index];
      if (!tensor) throw new RangeError(`there is no tensor ${index}`);
      return readTensor(tensor);
    };
    // LiteRT speaks the names of the first signature, where there is one (SignatureDef: 0 inputs, 1 outputs; TensorMap:
    // 0 name, 1 index of the tensor).
    const signature = model.tables(7, 64)[0];
    const named = (from: FlatTable, field: number): readonly StatedTensor[] => from.tables(field, 64).map((entry) => ({ ...tensorAt(entry.int(1, 0)), name: entry.text(0) }));
    const codes = model.tables(1, importLimits.nodes).map(operationName);
    return {
      inputs: signature ? named(signature, 0) : graph.ints(1, 64).map(tensorAt),
      outputs: signature ? named(signature, 1) : graph.ints(2, 64).map(tensorAt),
      operations: countOperations(graph.tables(3, importLimits.nodes).map((operator) => codes[operator.int(0, 0)] ?? 'unknown')),
      weightBytes: model.tables(4, importLimits.nodes).reduce((sum, buffer) => sum + buffer.length(0), 0),
      metadata: appendedTexts(bytes, what),
    };
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new ImportError('tflite-invalid', `${what}: ${plainReason(thrown)}`);
  }
}

/** Tensor: 0 shape, 1 type, 3 name, 4 quantization, 7 shape_signature (with -1 for a free side). */
function readTensor(tensor: FlatTable): StatedTensor {
  const signature = tensor.ints(7, importLimits.rank);
  const shape = signature.length > 0 ? signature : tensor.ints(0, importLimits.rank);
  const type = tensor.byte(1, 0);
  const quantisation = readQuantisation(tensor.table(4));
  return { name: tensor.text(3), shape: shape.map((side) => (side > 0 ? side : null)), type: typeNames[type] ?? `type ${type}`, ...(quantisation ? { quantisation } : {}) };
}

/** QuantizationParameters: 2 scale, 3 zero_point; one of each for a whole tensor. */
function readQuantisation(parameters: FlatTable | null): Quantisation | null {
  const [scale, ...others] = parameters?.floats(2, importLimits.nodes) ?? [];
  if (scale === undefined || others.length > 0 || !(scale > 0 && Number.isFinite(scale))) return null;
  return { scale, zeroPoint: parameters?.longs(3, importLimits.nodes)[0] ?? 0 };
}

/** OperatorCode: 0 the code in a byte, 1 the custom name, 3 the code again where it needs more room. */
function operationName(code: FlatTable): string {
  const number = Math.max(code.byte(0, 0), code.int(3, 0));
  if (number === customOperation) return `CUSTOM ${code.text(1)}`;
  return tfliteOperations[number] ?? `operation ${number}`;
}

function appendedTexts(bytes: Uint8Array<ArrayBuffer>, what: string): ReadonlyMap<string, string> {
  if (!endsInZip(bytes)) return new Map();
  return new Map(unzip(bytes, what).map(({ name, bytes: content }) => [name, readText(content, `${what}/${name}`, importLimits.yamlBytes)] as const));
}
