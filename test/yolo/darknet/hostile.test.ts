import { zeros } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { DarknetCode } from '../../../src/yolo/darknet/failure.ts';
import { readConvWeights } from '../../../src/yolo/darknet/read-conv-weights.ts';
import { readDarknetPlan } from '../../../src/yolo/darknet/read-darknet-plan.ts';
import { layOutWeights } from '../../../src/yolo/darknet/weights-layout.ts';
import { DarknetNetwork } from '../../../src/yolo/tensor/darknet/darknet-network.ts';
import { useBackend } from '../../support/node-backend.ts';
import type { MadeLayer } from './made-darknet.ts';
import { madeNumbers, makeDarknet } from './made-darknet.ts';

const layers: readonly MadeLayer[] = [
  { kind: 'convolutional', filters: 8, size: 3, pad: 1, stride: 2, batch_normalize: 1, activation: 'leaky' },
  { kind: 'convolutional', filters: 8, groups: 8, size: 3, pad: 1, batch_normalize: 1, activation: 'relu6' },
  { kind: 'dropout', probability: 0.15 },
  { kind: 'shortcut', from: [-3] },
  { kind: 'maxpool', size: 2, stride: 2 },
  { kind: 'upsample', stride: 2 },
  { kind: 'route', layers: [-1, 0], groups: 2, group_id: 1 },
  { kind: 'convolutional', filters: 14, activation: 'linear' },
  { kind: 'yolo', mask: [0, 2], anchors: [4, 5, 6, 7, 20, 30], num: 3, classes: 2, scale_x_y: 1.05 },
];
const made = makeDarknet(layers);
const rounds = 10_000;

const codes: ReadonlySet<DarknetCode> = new Set<DarknetCode>([
  'cfg-too-large',
  'cfg-syntax',
  'layer-unsupported',
  'option-unsupported',
  'option-invalid',
  'layer-mismatch',
  'network-too-large',
  'weights-header',
  'weights-short',
  'weights-left-over',
  'weights-not-finite',
]);

/** Reads a pair of files up to the tensors. @returns the code of the refusal, or null when they were taken */
function read(cfg: Uint8Array, weights: Uint8Array): DarknetCode | null {
  const plan = readDarknetPlan(cfg);
  if (!plan.ok) return plan.failure.code;
  const layout = layOutWeights(plan.value, weights);
  if (!layout.ok) return layout.failure.code;
  for (const placed of layout.value) {
    const conv = readConvWeights(placed, weights);
    if (!conv.ok) return conv.failure.code;
  }
  return null;
}

/** Whole numbers from 0 up to but not including `below`. */
function dice(seed: number): (below: number) => number {
  const next = madeNumbers(seed);
  return (below) => Math.min(below - 1, Math.floor(((next() + 1) / 2) * below));
}

const values = ['-1', '0', '1', '2147483648', '4294967296', '99999999', '-99999999', '1e308', '-0', 'nan', 'inf', '0x7fffffff', '3.5', '', ',', '1,'.repeat(300), '9'.repeat(1000), '\0', '../../etc', '💥'];
const names = ['filters', 'size', 'stride', 'groups', 'layers', 'from', 'anchors', 'mask', 'num', 'classes', 'padding', '__proto__', 'constructor', 'hasOwnProperty', 'width', 'height', 'dontload'];
const sections = ['[convolutional]', '[net]', '[yolo]', '[region]', '[route]', '[__proto__]', '[upsample]', '[shortcut]', '[]', '[[[[', ']'];

function mutateText(text: string, roll: (below: number) => number): string {
  const lines = text.split('\n');
  const at = roll(lines.length);
  const pick = (from: readonly string[]): string => from[roll(from.length)]!;
  switch (roll(7)) {
    case 0:
      return text.slice(0, roll(text.length));
    case 1:
      return lines.with(at, `${pick(names)}=${pick(values)}`).join('\n');
    case 2:
      return lines.with(at, lines[at]!.replace(/=.*/, `=${pick(values)}`)).join('\n');
    case 3:
      return lines.with(at, pick(sections)).join('\n');
    case 4:
      return lines.toSpliced(at, 1 + roll(4)).join('\n');
    case 5:
      return lines.toSpliced(at, 0, ...Array.from({ length: roll(50) }, () => lines[roll(lines.length)]!)).join('\n');
    default:
      return lines.with(at, lines[at]!.replace(/\d+/, String(roll(1 << 30)))).join('\n');
  }
}

function flipBits(bytes: Uint8Array, roll: (below: number) => number): Uint8Array {
  const flipped = bytes.slice();
  for (let i = 1 + roll(8); i > 0; i--) flipped[roll(flipped.length)]! ^= 1 << roll(8);
  return flipped;
}

interface Tally {
  readonly refused: ReadonlyMap<string, number>;
  readonly slowestMs: number;
}

function tally(round: (roll: (below: number) => number, i: number) => DarknetCode | null): Tally {
  const refused = new Map<string, number>();
  const roll = dice(42);
  let slowestMs = 0;
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    const code = round(roll, i);
    slowestMs = Math.max(slowestMs, performance.now() - start);
    if (code !== null) refused.set(code, (refused.get(code) ?? 0) + 1);
  }
  return { refused, slowestMs };
}

function hold({ refused, slowestMs }: Tally): void {
  for (const code of refused.keys()) expect(codes).toContain(code);
  expect(slowestMs).toBeLessThan(5000);
}

describe('ten thousand damaged files', () => {
  it('are told from the good ones', () => {
    expect(read(made.cfg, made.weights)).toBeNull();
  });

  it('.cfg: texts cut, changed and repeated are refused with a code', () => {
    const heapBefore = process.memoryUsage().rss;
    const result = tally((roll) => {
      let text = made.cfgText;
      for (let i = roll(3); i >= 0; i--) text = mutateText(text, roll);
      return read(new TextEncoder().encode(text), made.weights);
    });
    hold(result);
    expect([...result.refused.keys()].sort()).toEqual(
      ['cfg-syntax', 'layer-mismatch', 'layer-unsupported', 'option-invalid', 'option-unsupported', 'weights-left-over', 'weights-short'],
    );
    expect(process.memoryUsage().rss - heapBefore).toBeLessThan(512 * 2 ** 20);
  });

  it('.cfg: bits flipped are refused with a code, or change nothing that counts', () => {
    hold(tally((roll) => read(flipBits(made.cfg, roll), made.weights)));
  });

  it('.weights: cut, grown and with bits flipped are refused with a code, unless only numbers changed', () => {
    const result = tally((roll, i) => {
      switch (i % 3) {
        case 0: {
          const code = read(made.cfg, made.weights.subarray(0, roll(made.weights.byteLength)));
          expect(code).toBe('weights-short');
          return code;
        }
        case 1: {
          const long = new Uint8Array(made.weights.byteLength + 1 + roll(5000));
          long.set(made.weights);
          const code = read(made.cfg, long);
          expect(code).toBe('weights-left-over');
          return code;
        }
        default:
          return read(made.cfg, flipBits(i % 2 === 0 ? made.weights : withHeaderFlipped(made.weights, roll), roll));
      }
    });
    hold(result);
    expect(result.refused.get('weights-header')).toBeGreaterThan(0);
    expect(result.refused.get('weights-not-finite')).toBeGreaterThan(0);
  });

  it('that still make a network make one that runs and gives the grids that were planned', async () => {
    await useBackend('wasm');
    const roll = dice(7);
    let ran = 0;
    for (let i = 0; i < rounds && ran < 150; i++) {
      const plan = readDarknetPlan(new TextEncoder().encode(mutateText(mutateText(made.cfgText, roll), roll)));
      if (!plan.ok || plan.value.multiplyAdds > 1e6 || plan.value.peakActivations > 1e6 || plan.value.weightCount > 1e5) continue;
      const weights = new Uint8Array(20 + plan.value.weightCount * 4);
      weights.set(made.weights.subarray(0, 20));
      const network = DarknetNetwork.build(plan.value, weights);
      if (!network.ok) throw new Error(network.failure.detail);
      const { height, width } = plan.value.input;
      const outputs = await network.value.readOutputs(zeros([1, height, width, 3]));
      network.value.dispose();
      expect(outputs.map(({ shape }) => shape)).toEqual(plan.value.heads.map(({ shape }) => [1, shape.height, shape.width, shape.channels]));
      ran++;
    }
    expect(ran).toBe(150);
  });

  it('that ask for all the memory there is are refused before any of it is taken', () => {
    const huge = `[net]\nwidth=8\nheight=8\n${'[convolutional]\nfilters=16000\nsize=1\n'.repeat(2)}[convolutional]\nfilters=6\n[yolo]\nanchors=1,1\nclasses=1\n`;
    const before = process.memoryUsage();
    expect(read(new TextEncoder().encode(huge), made.weights)).toBe('network-too-large');
    const fitting = huge.replaceAll('16000', '8000');
    expect(read(new TextEncoder().encode(fitting), made.weights)).toBe('weights-short');
    const after = process.memoryUsage();
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(2 ** 20);
  });
});

function withHeaderFlipped(bytes: Uint8Array, roll: (below: number) => number): Uint8Array {
  const flipped = bytes.slice();
  flipped[roll(8)]! ^= 1 << roll(8);
  return flipped;
}
