import { ImportError } from './import-failure.ts';
import { importLimits } from './import-limits.ts';
import type { NetworkFacts, StatedShape, StatedTensor } from './model-facts.ts';
import { countOperations } from './model-facts.ts';
import type { Field } from './protobuf.ts';
import { fieldsOf, wholeNumbers } from './protobuf.ts';
import { plainReason } from './plain-reason.ts';

/** Ref: github.com/onnx/onnx, onnx/onnx.proto, TensorProto.DataType. */
const typeNames = ['undefined', 'float32', 'uint8', 'int8', 'uint16', 'int16', 'int32', 'int64', 'string', 'bool', 'float16', 'float64', 'uint32', 'uint64'];

interface GraphParts {
  readonly operations: string[];
  readonly inputs: StatedTensor[];
  readonly outputs: StatedTensor[];
  readonly weights: Set<string>;
  weightBytes: number;
}

/**
 * What an ONNX file says of its network: the fields of ModelProto that name inputs, outputs, operations, weights and
 * metadata. Inputs that are only the declaration of a weight (opset 8 and before) are left out.
 * Ref: github.com/onnx/onnx, onnx/onnx.proto.
 *
 * @throws ImportError `onnx-invalid` or `external-data`
 */
export function readOnnxFile(bytes: Uint8Array, what: string): NetworkFacts {
  try {
    const graph: GraphParts = { operations: [], inputs: [], outputs: [], weights: new Set(), weightBytes: 0 };
    const metadata = new Map<string, string>();
    let found = false;
    for (const field of fieldsOf(bytes)) {
      if (field.number === 7) {
        found = true;
        readGraph(field.bytes, graph, what);
      } else if (field.number === 14) {
        const [key, value] = [text(field.bytes, 1), text(field.bytes, 2)];
        if (key !== '' && value.length <= importLimits.yamlBytes) metadata.set(key, value);
      }
    }
    if (!found || graph.operations.length === 0) throw new RangeError('it holds no graph');
    return {
      inputs: graph.inputs.filter(({ name }) => !graph.weights.has(name)),
      outputs: graph.outputs,
      operations: countOperations(graph.operations),
      weightBytes: graph.weightBytes,
      metadata,
    };
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new ImportError('onnx-invalid', `${what}: ${plainReason(thrown)}`);
  }
}

function readGraph(graph: Uint8Array, into: GraphParts, what: string): void {
  for (const { number, bytes } of fieldsOf(graph)) {
    if (number === 1) into.operations.push(text(bytes, 4));
    else if (number === 5) readWeight(bytes, into, what);
    else if (number === 11) into.inputs.push(readTensor(bytes));
    else if (number === 12) into.outputs.push(readTensor(bytes));
    if (into.operations.length + into.weights.size > importLimits.nodes) throw new RangeError(`more than ${importLimits.nodes} operations and weights`);
  }
}

/** TensorProto: 1 dims, 8 name, 14 data_location; every other field with bytes holds numbers. */
function readWeight(tensor: Uint8Array, into: GraphParts, what: string): void {
  for (const { number, value, bytes } of fieldsOf(tensor)) {
    if (number === 8) into.weights.add(decode(bytes));
    else if (number === 14 && value === 1) throw new ImportError('external-data', `${what}: its weights are in another file`);
    else if (number !== 1) into.weightBytes += bytes.byteLength;
  }
}

/** ValueInfoProto: 1 name, 2 type (TypeProto: 1 tensor_type (1 elem_type, 2 shape)). */
function readTensor(info: Uint8Array): StatedTensor {
  const tensor = part(part(info, 2), 1);
  let type = 'undefined';
  let shape: StatedShape | null = null;
  for (const field of fieldsOf(tensor)) {
    if (field.number === 1) type = typeNames[field.value] ?? `type ${field.value}`;
    else if (field.number === 2) shape = readShape(field);
  }
  return { name: text(info, 1), shape, type };
}

/** TensorShapeProto: 1 dim (1 dim_value; a dim_param or nothing is a free side). */
function readShape({ bytes }: Field): StatedShape {
  const shape: (number | null)[] = [];
  for (const dim of fieldsOf(bytes)) {
    if (dim.number !== 1) continue;
    const side = [...fieldsOf(dim.bytes)].filter(({ number }) => number === 1).flatMap(wholeNumbers)[0];
    shape.push(side !== undefined && side > 0 ? side : null);
    if (shape.length > importLimits.rank) throw new RangeError(`a shape of more than ${importLimits.rank} sides`);
  }
  return shape;
}

/** The last field of a number, as protocol buffers want it; no bytes where there is none. */
function part(message: Uint8Array, wanted: number): Uint8Array {
  let found = new Uint8Array(0);
  for (const { number, bytes } of fieldsOf(message)) if (number === wanted) found = bytes as Uint8Array<ArrayBuffer>;
  return found;
}

function text(message: Uint8Array, wanted: number): string {
  return decode(part(message, wanted));
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
