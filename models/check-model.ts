import type { ShippedCard } from '../src/runtime/card.ts';
import type { WeightSpec } from '../src/runtime/weight-bytes.ts';
import { checkWeightBytes } from '../src/runtime/weight-bytes.ts';

interface WeightGroup {
  readonly paths: readonly string[];
  readonly weights: readonly WeightSpec[];
}

interface GraphFile {
  readonly modelTopology: { readonly node: readonly { readonly name: string }[] };
  readonly signature?: { readonly outputs?: Readonly<Record<string, { readonly tensorShape?: { readonly dim?: readonly { readonly size: string }[] } }>> };
  readonly weightsManifest: readonly WeightGroup[];
}

/**
 * Holds a card against the weights it describes: every byte of the weight files is accounted for by the manifest,
 * the graph has the nodes that the head reads, and the class and anchor counts are those of the network.
 *
 * @param readFile gives the bytes of one of the card's files by its name
 * @throws Error that names the file and what does not match
 */
export async function checkModel(card: ShippedCard, readFile: (name: string) => Promise<Uint8Array>): Promise<void> {
  const indexFile = card.files.find((file) => file.role === 'graph' || file.role === 'manifest');
  if (!indexFile) throw new Error(`the card of ${card.id} lists no graph or manifest file`);
  const index: unknown = JSON.parse(new TextDecoder().decode(await readFile(indexFile.name)));
  const where = `${card.id}/${indexFile.name}`;
  const groups = card.format === 'tfjs-graph' ? (index as GraphFile).weightsManifest : (index as readonly WeightGroup[]);
  checkByteCounts(card, groups, where);
  if (card.format === 'tfjs-graph') checkGraph(card, index as GraphFile, where);
  else checkGridChannels(card, groups, where);
}

function checkByteCounts(card: ShippedCard, groups: readonly WeightGroup[], where: string): void {
  const present = card.files.filter((file) => file.role === 'weights').reduce((sum, file) => sum + file.bytes, 0);
  const checked = checkWeightBytes(groups.flatMap((group) => group.weights), present, where);
  if (!checked.ok) throw new Error(checked.failure.detail);
}

function checkGraph(card: ShippedCard, graph: GraphFile, where: string): void {
  const names = new Set(graph.modelTopology.node.map((node) => node.name));
  const named = [card.head['inputNode'], card.head['scoresNode'], card.head['sizesNode'], ...sizeNodesOf(card)];
  for (const name of named) {
    if (typeof name !== 'string' || !names.has(name)) throw new Error(`${where}: has no node ${String(name)} as the card says`);
  }
  const scores = graph.signature?.outputs?.[String(card.head['scoresNode'])]?.tensorShape?.dim;
  const classes = Number(scores?.at(-1)?.size);
  if (classes !== card.labels.length) throw new Error(`${where}: ${classes} classes, the card has ${card.labels.length} labels`);
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
