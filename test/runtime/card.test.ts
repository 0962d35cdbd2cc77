import { describe, expect, it } from 'vitest';
import { allowedSizePx, readCard } from '../../src/runtime/index.ts';
import { shippedCard } from '../support/node-source.ts';

type Json = Record<string, unknown>;

/** A deep copy of the objects card with one field, by its dotted path, changed; `undefined` takes it out. */
function changed(path: string, value: unknown): unknown {
  const card = structuredClone(shippedCard('objects-centernet')) as unknown as Json;
  const keys = path.split('.');
  const last = keys.pop() as string;
  const holder = keys.reduce((at, key) => at[key] as Json, card);
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else holder[last] = value;
  return card;
}

describe('readCard', () => {
  it.each(['objects-centernet', 'faces-tiny-yolov2'] as const)('takes the card of %s as it is', (id) => {
    expect(readCard(structuredClone(shippedCard(id)))).toEqual({ ok: true, value: shippedCard(id) });
  });

  it.each<[string, unknown]>([
    ['id', 'Has Capitals'],
    ['id', undefined],
    ['title', 5],
    ['task', 'cars'],
    ['format', 'onnx'],
    ['source.version', undefined],
    ['source.package', 7],
    ['licence.spdx', undefined],
    ['files', []],
    ['files.0.name', '../escape.json'],
    ['files.0.role', 'readme'],
    ['files.0.path', undefined],
    ['files.1.bytes', 0],
    ['files.1.bytes', 1.5],
    ['files.1.sha256', 'ABC'],
    ['input.layout', 'NCHW'],
    ['input.colour', 'bgr'],
    ['input.mean', 0],
    ['input.mean.1', 'x'],
    ['input.scale', 0],
    ['input.scale', NaN],
    ['input.multiplePx', 0],
    ['input.minPx', -32],
    ['input.maxPx', 100_000],
    ['input.defaultPx', undefined],
    ['views', []],
    ['views.0.scale', 0],
    ['views.0.scale', 1.5],
    ['views.0.inputShare', 0],
    ['views.0.mirrored', 'no'],
    ['head.family', undefined],
    ['labels', []],
    ['labels.3', null],
    ['thresholds.score', 1.1],
    ['thresholds.iou', -0.1],
    ['thresholds.measuredOn', undefined],
    ['extra', true],
    ['input.extra', true],
  ])('refuses %s = %j and names the field', (path, value) => {
    const read = readCard(changed(path, value));
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.failure.code).toBe('card-invalid');
    expect(read.failure.detail).toContain(`the field ${path} is `);
    expect(read.failure.detail.length).toBeGreaterThan(path.length + 5);
  });

  it.each([[null], [5], ['card'], [[]], [undefined]])('refuses %j', (json) => {
    expect(readCard(json)).toMatchObject({ ok: false, failure: { code: 'card-invalid' } });
  });
});

describe('allowedSizePx', () => {
  const { input } = shippedCard('objects-centernet');

  it.each([
    [512, 512],
    [500, 512],
    [495, 480],
    [496, 512],
    [1, 128],
    [-40, 128],
    [5000, 1024],
  ])('makes %i to %i', (wanted, allowed) => {
    expect(allowedSizePx(input, wanted)).toBe(allowed);
  });

  it('allows the default and both bounds of every card', () => {
    for (const card of [shippedCard('objects-centernet'), shippedCard('faces-tiny-yolov2')]) {
      for (const px of [card.input.defaultPx, card.input.minPx, card.input.maxPx]) expect(allowedSizePx(card.input, px)).toBe(px);
    }
  });
});
