import type { ShippedCard } from '../src/runtime/card.ts';
import type { PointsCard } from '../src/runtime/points-card.ts';
import type { VectorCard } from '../src/runtime/vector-card.ts';
import type { WeightSpec } from '../src/runtime/weight-bytes.ts';
import { checkWeightBytes } from '../src/runtime/weight-bytes.ts';

interface WeightGroup {
  readonly paths: readonly string[];
  readonly weights: readonly WeightSpec[];
}

interface GraphFile {
  readonly modelTopology: { readonly node: readonly { readonly name: string }[] };
  readonly signature?: { readonly outputs?: Readonly<Record<string, { readonly name?: string; readonly tensorShape?: { readonly dim?: readonly { readonly size: string }[] } }>> };
  readonly weightsManifest: readonly WeightGroup[];
}

type AnyCard = ShippedCard | PointsCard | VectorCard;

/**
 * Holds a card against the weights it describes: every byte of the weight files is accounted for by the manifest,
 * the graph has the nodes that the head reads, and the counts of classes, anchors, points or numbers are those of the network.
 *
 * @param readFile gives the bytes of one of the card's files by its name
 * @throws Error that names the file and what does not match
 */
export async function checkModel(card: AnyCard, readFile: (name: string) => Promise<Uint8Array>): Promise<void> {
  const indexFile = card.files.find((file) => file.role === 'graph' || file.role === 'manifest');
  if (!indexFile) throw new Error(`the card of ${card.id} lists no graph or manifest file`);
  const index: unknown = JSON.parse(new TextDecoder().decode(await readFile(indexFile.name)));
  const where = `${card.id}/${indexFile.name}`;
  const groups = card.format === 'tfjs-graph' ? (index as GraphFile).weightsManifest : (index as readonly WeightGroup[]);
  checkByteCounts(card, groups, where);
  if ('length' in card) checkLength(card, index as GraphFile, groups, where);
  else if ('points' in card) checkPoints(card, index as GraphFile, groups, where);
  else if (card.format === 'tfjs-graph') checkGraph(card, index as GraphFile, where);
  else checkGridChannels(card, groups, where);
}

function checkByteCounts(card: AnyCard, groups: readonly WeightGroup[], where: string): void {
  const present = card.files.filter((file) => file.role === 'weights').reduce((sum, file) => sum + file.bytes, 0);
  const checked = checkWeightBytes(groups.flatMap((group) => group.weights), present, where);
  if (!checked.ok) throw new Error(checked.failure.detail);
}

function checkGraph(card: ShippedCard, graph: GraphFile, where: string): void {
  checkNodes([card.head['inputNode'], card.head['scoresNode'], card.head['sizesNode'], ...sizeNodesOf(card)], graph, where);
  const scores = graph.signature?.outputs?.[String(card.head['scoresNode'])]?.tensorShape?.dim;
  const classes = Number(scores?.at(-1)?.size);
  if (classes !== card.labels.length) throw new Error(`${where}: ${classes} classes, the card has ${card.labels.length} labels`);
}

function checkNodes(named: readonly unknown[], graph: GraphFile, where: string): void {
  const names = new Set(graph.modelTopology.node.map((node) => node.name));
  for (const name of named) {
    if (typeof name !== 'string' || !names.has(name)) throw new Error(`${where}: has no node ${String(name)} as the card says`);
  }
}

/** The number of points is that of the network's last layer: two or three numbers each, or a channel of the grid of heats. */
function checkPoints(card: PointsCard, graph: GraphFile, groups: readonly WeightGroup[], where: string): void {
  const { head } = card;
  const widthOf = (name: string): number | undefined => groups.flatMap((group) => group.weights).find((spec) => spec.name === name)?.shape.at(-1);
  let count: number;
  switch (head.family) {
    case 'dense-points':
      count = Number(widthOf(`${head.outputLayer}/bias`)) / 2;
      break;
    case 'mesh':
      checkNodes([head.inputNode, head.pointsNode, head.flagNode], graph, where);
      count = lastSideOf(graph, head.pointsNode) / 3;
      break;
    case 'centre-pose':
      checkNodes([head.inputNode, head.heatsNode, head.centreNode, head.waysNode, head.offsetsNode, ...head.upsampleNodes.map(({ node }) => node)], graph, where);
      count = Number(widthOf(head.offsetsNode.replace('BiasAdd', 'BiasAdd/ReadVariableOp'))) / 2;
      break;
  }
  if (count !== card.points) throw new Error(`${where}: gives ${count} points, the card says ${card.points}`);
}

/** The numbers of a face are as many as the last layer is wide. */
function checkLength(card: VectorCard, graph: GraphFile, groups: readonly WeightGroup[], where: string): void {
  const { head } = card;
  let length: number;
  switch (head.family) {
    case 'dlib-resnet':
      length = Number(groups.flatMap((group) => group.weights).find(({ name }) => name === head.outputLayer)?.shape.at(-1));
      break;
    case 'vector-graph':
      checkNodes([head.inputNode, head.outputNode], graph, where);
      length = lastSideOf(graph, head.outputNode);
      break;
  }
  if (length !== card.length) throw new Error(`${where}: gives ${length} numbers, the card says ${card.length}`);
}

/** Length of the last axis of an output, as the signature states it; it may name the first output of a node by the node alone. */
function lastSideOf(graph: GraphFile, name: string): number {
  const output = Object.values(graph.signature?.outputs ?? {}).find((stated) => stated.name === name || stated.name === `${name}:0`);
  return Number(output?.tensorShape?.dim?.at(-1)?.size);
}

function sizeNodesOf(card: ShippedCard): readonly unknown[] {
  const list = card.head['upsampleNodes'];
  return Array.isArray(list) ? list.map((entry: { node?: unknown }) => entry.node) : [];
}

function checkGridChannels(card: ShippedCard, groups: readonly WeightGroup[], where: string): void {
  const anchors = card.head['anchors'];
  const count = Array.isArray(anchors) ? anchors.length : 0;
  const lastLayer = String(card.head['outputLayer']);
  const bias = groups.flatMap((group) => group.weights).find((spec) => spec.name === `${lastLayer}/bias`);
  const classes = card.labels.length === 1 ? 0 : card.labels.length;
  const expected = count * (5 + classes);
  if (bias?.shape[0] !== expected) {
    throw new Error(`${where}: ${lastLayer} has ${String(bias?.shape[0])} channels, the card's anchors and labels need ${expected}`);
  }
}
