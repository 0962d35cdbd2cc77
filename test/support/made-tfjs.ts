import type { NamedBytes } from '../../src/runtime/index.ts';

interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, unknown>>;
}

export interface MadeGraph {
  readonly format?: string;
  readonly modelTopology: { readonly versions: object; readonly node: readonly GraphNode[] };
  readonly signature?: unknown;
  readonly weightsManifest: readonly { readonly paths: readonly string[]; readonly weights: readonly object[] }[];
}

const shapeOf = (sides: readonly number[]): unknown => ({ dim: sides.map((size) => ({ size: String(size) })) });

/** A graph of one 8x8 convolution with stride 8 from an image of 32x32 to a grid [1, 4, 4, 6], its weights in two shards. */
export function madeGraph(change: Partial<MadeGraph> = {}): MadeGraph {
  const type = { type: 'DT_FLOAT' };
  return {
    format: 'graph-model',
    modelTopology: {
      versions: { producer: 808 },
      node: [
        { name: 'image', op: 'Placeholder', attr: { dtype: type, shape: { shape: shapeOf([1, 32, 32, 3]) } } },
        { name: 'w', op: 'Const', attr: { dtype: type, value: { tensor: { dtype: 'DT_FLOAT', tensorShape: shapeOf([8, 8, 3, 6]) } } } },
        { name: 'b', op: 'Const', attr: { dtype: type, value: { tensor: { dtype: 'DT_FLOAT', tensorShape: shapeOf([6]) } } } },
        {
          name: 'conv',
          op: 'Conv2D',
          input: ['image', 'w'],
          attr: { T: type, strides: { list: { i: ['1', '8', '8', '1'] } }, padding: { s: 'VkFMSUQ=' }, data_format: { s: 'TkhXQw==' }, dilations: { list: { i: ['1', '1', '1', '1'] } } },
        },
        { name: 'grid', op: 'BiasAdd', input: ['conv', 'b'], attr: { T: type, data_format: { s: 'TkhXQw==' } } },
      ],
    },
    signature: {
      inputs: { image: { name: 'image:0', dtype: 'DT_FLOAT', tensorShape: shapeOf([1, 32, 32, 3]) } },
      outputs: { grid: { name: 'grid:0', dtype: 'DT_FLOAT', tensorShape: shapeOf([1, 4, 4, 6]) } },
    },
    weightsManifest: [
      {
        paths: ['group1-shard1of2.bin', 'group1-shard2of2.bin'],
        weights: [
          { name: 'w', shape: [8, 8, 3, 6], dtype: 'float32' },
          { name: 'b', shape: [6], dtype: 'float32' },
        ],
      },
    ],
    ...change,
  };
}

/** The files of a graph model: `model.json` and two shards, all in one folder. */
export function madeTfjsFiles(weights: Float32Array, bias: readonly number[], graph: unknown = madeGraph()): readonly NamedBytes[] {
  const all = new Uint8Array(Float32Array.from([...weights, ...bias]).buffer);
  return [
    { name: 'made/model.json', bytes: new TextEncoder().encode(JSON.stringify(graph)) },
    { name: 'made/group1-shard1of2.bin', bytes: all.slice(0, 1000) },
    { name: 'made/group1-shard2of2.bin', bytes: all.slice(1000) },
  ];
}
