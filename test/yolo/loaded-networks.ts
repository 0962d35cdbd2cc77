import type { GraphModel } from '@tensorflow/tfjs-converter';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { tensor4d } from '@tensorflow/tfjs-core';
import { loadGraph, loadWeights } from '../../src/runtime/tf.ts';
import type { CentreHead, V2Head } from '../../src/yolo/index.ts';
import { readHead } from '../../src/yolo/index.ts';
import { CentreNetwork } from '../../src/yolo/tensor/centre-network.ts';
import { TinyV2Network } from '../../src/yolo/tensor/tiny-v2-network.ts';
import type { ChangedFiles } from '../support/node-source.ts';
import { nodeSource, shippedCard } from '../support/node-source.ts';
import { madePicture } from './made-input.ts';

/** The real centre graph on the backend in use, with the tfjs model below it. */
export async function loadCentreNetwork(changed: ChangedFiles = {}): Promise<{ network: CentreNetwork; graph: GraphModel; head: CentreHead }> {
  const graph = await loadGraph(nodeSource('objects-centernet', changed));
  const head = readHead(shippedCard('objects-centernet').head);
  if (!graph.ok || !head.ok || head.value.family !== 'centre') throw new Error('the objects network could not be loaded');
  return { network: new CentreNetwork(graph.value, head.value), graph: graph.value, head: head.value };
}

/** The real tiny YOLOv2 on the backend in use. */
export async function loadTinyNetwork(changed: ChangedFiles = {}): Promise<{ network: TinyV2Network; head: V2Head }> {
  const weights = await loadWeights(nodeSource('faces-tiny-yolov2', changed));
  const head = readHead(shippedCard('faces-tiny-yolov2').head);
  if (!weights.ok || !head.ok || head.value.family !== 'v2') throw new Error('the faces network could not be loaded');
  return { network: new TinyV2Network(weights.value, head.value), head: head.value };
}

/** The made picture as a network's input, scaled as its card says. */
export function madeInput(id: 'objects-centernet' | 'faces-tiny-yolov2', width: number, height: number): Tensor4D {
  const { mean, scale } = shippedCard(id).input;
  const data = madePicture(width, height).map((value, i) => (value - mean[(i % 3) as 0 | 1 | 2]) * scale);
  return tensor4d(data, [1, height, width, 3]);
}
