import { describe, expect, it } from 'vitest';
import type { Instruction, QualityBars, RgbaImage, Shot } from '../../src/faces/index.ts';
import { measureShot, qualityGate, usualBars } from '../../src/faces/index.ts';
import { normalNumbers } from './made-faces.ts';

const bars: QualityBars = { ...usualBars, maxEyesPx: 240, maxYawRad: 0.3, maxPitchRad: 0.3, maxRollRad: 0.35 };

const side = 150;
const boxes = { eyes: [{ x1: 30, y1: 45, x2: 65, y2: 65 }, { x1: 85, y1: 45, x2: 120, y2: 65 }], mouth: { x1: 50, y1: 100, x2: 100, y2: 120 } } as const;

/** A face of plain areas: skin, eyes and a mouth in stripes of 11 px, which a blur over 5 px to each side takes away. */
function madeChip(options: { readonly light?: (x: number, y: number) => number; readonly blurPx?: number; readonly cover?: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number } } = {}): RgbaImage {
  const { light = () => 1, blurPx = 0, cover } = options;
  const normal = normalNumbers(2);
  const within = (x: number, y: number, box: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }): boolean => x >= box.x1 && x < box.x2 && y >= box.y1 && y < box.y2;
  const sharp = Float32Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    if (cover && within(x, y, cover)) return 140;
    const isPart = within(x, y, boxes.mouth) || boxes.eyes.some((box) => within(x, y, box));
    const shape = isPart ? (Math.floor(x / 5.5) % 2 === 0 ? -80 : 30) : 0;
    // Round: lighter in the middle than at the edges, as faces are.
    const round = 110 * Math.cos((Math.PI * (x - side / 2)) / side) * Math.cos((Math.PI * (y - side / 2)) / side) - 45;
    return 140 + round + shape + 12 * normal();
  });
  const at = (x: number, y: number): number => sharp[Math.min(side - 1, Math.max(0, y)) * side + Math.min(side - 1, Math.max(0, x))] as number;
  const data = new Uint8ClampedArray(side * side * 4);
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [i % side, Math.floor(i / side)];
    let [sum, count] = [0, 0];
    for (let dy = -blurPx; dy <= blurPx; dy++) {
      for (let dx = -blurPx; dx <= blurPx; dx++) {
        sum += at(x + dx, y + dy);
        count++;
      }
    }
    data.fill((sum / count) * light(x, y), 4 * i, 4 * i + 3);
    data[4 * i + 3] = 255;
  }
  return { width: side, height: side, data };
}

const good: Shot = {
  chip: madeChip(),
  parts: boxes,
  eyesPx: 90,
  insideShare: 1,
  facts: { yawRad: 0.05, pitchRad: -0.05, rollRad: 0, leftEyeOpen: 0.8, rightEyeOpen: 0.7, mouthOpen: 0.05 },
  faces: 1,
};

function say(changes: Partial<Omit<Shot, 'facts'>>, facts: Partial<Shot['facts']> = {}): Instruction {
  return qualityGate({ ...good, ...changes, facts: { ...good.facts, ...facts } }, bars).instruction;
}

describe('the quality gate', () => {
  it('lets a good shot pass and weighs it', () => {
    const verdict = qualityGate(good, bars);
    expect(verdict.instruction).toBe('ok');
    expect(verdict.quality).toBeGreaterThan(0.5);
    expect(verdict.quality).toBeLessThanOrEqual(1);
    const worse = qualityGate({ ...good, eyesPx: 45, facts: { ...good.facts, yawRad: 0.25 } }, bars);
    expect(worse.instruction).toBe('ok');
    expect(worse.quality).toBeLessThan(verdict.quality);
  });

  it.each<[Instruction, Partial<Omit<Shot, 'facts'>>, Partial<Shot['facts']>]>([
    ['no-face', { faces: 0 }, {}],
    ['one-person-only', { faces: 2 }, {}],
    ['come-into-the-picture', { insideShare: 0.8 }, {}],
    ['come-closer', { eyesPx: 10 }, {}],
    ['go-back', { eyesPx: 400 }, {}],
    ['more-light', { chip: madeChip({ light: () => 0.2 }) }, {}],
    ['less-light', { chip: madeChip({ light: () => 1.7 }) }, {}],
    ['light-from-the-front', { chip: madeChip({ light: (x) => (x < side / 2 ? 0.45 : 1.25) }) }, {}],
    ['face-the-camera', {}, { yawRad: -0.5 }],
    ['chin-down', {}, { pitchRad: 0.5 }],
    ['chin-up', {}, { pitchRad: -0.5 }],
    ['head-upright', {}, { rollRad: 0.6 }],
    ['hold-still', { chip: madeChip({ blurPx: 5 }) }, {}],
    ['uncover-mouth', { chip: madeChip({ cover: { x1: 0, y1: 90, x2: 150, y2: 150 } }) }, {}],
    ['uncover-eyes', { chip: madeChip({ cover: { x1: 20, y1: 40, x2: 130, y2: 70 } }) }, {}],
    ['open-eyes', {}, { leftEyeOpen: 0.1 }],
    ['close-mouth', {}, { mouthOpen: 0.9 }],
    ['cannot-see', {}, { leftEyeOpen: null }],
    ['cannot-see', {}, { mouthOpen: null }],
    ['cannot-see', {}, { yawRad: NaN }],
    ['cannot-see', { eyesPx: NaN }, {}],
    ['cannot-see', { chip: { width: 4, height: 4, data: new Uint8ClampedArray(3) } }, {}],
    ['cannot-see', { chip: { width: 0, height: 0, data: new Uint8ClampedArray(0) } }, {}],
  ])('asks for one thing: %s', (instruction, changes, facts) => {
    const verdict = qualityGate({ ...good, ...changes, facts: { ...good.facts, ...facts } }, bars);
    expect(verdict, JSON.stringify(verdict)).toMatchObject({ instruction, quality: 0 });
  });

  it('asks for the most pressing thing first', () => {
    expect(qualityGate(null, bars).instruction).toBe('no-face');
    expect(say({ eyesPx: 10, chip: madeChip({ light: () => 0.2 }) }, { yawRad: 0.5 })).toBe('come-closer');
    expect(say({ chip: madeChip({ light: () => 0.2 }) }, { yawRad: 0.5 })).toBe('more-light');
    expect(say({ faces: 3, eyesPx: 10 })).toBe('one-person-only');
  });

  it('calls an even picture what it is: nothing to see', () => {
    const even: RgbaImage = { width: side, height: side, data: new Uint8ClampedArray(side * side * 4).fill(128) };
    expect(say({ chip: even })).toBe('cannot-see');
  });

  it('measures sharpness at one size: twice the pixels of one face are as sharp', () => {
    const chip = madeChip({ blurPx: 1 });
    const twice = new Uint8ClampedArray(4 * side * side * 4);
    for (let y = 0; y < 2 * side; y++) {
      for (let x = 0; x < 2 * side; x++) {
        for (let channel = 0; channel < 4; channel++) twice[4 * (y * 2 * side + x) + channel] = chip.data[4 * ((y >> 1) * side + (x >> 1)) + channel] as number;
      }
    }
    const [one, other] = [measureShot({ chip, parts: boxes }), measureShot({ chip: { width: 2 * side, height: 2 * side, data: twice }, parts: boxes })];
    const ratio = (other?.sharpness ?? NaN) / (one?.sharpness ?? NaN);
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.4);
  });
});
