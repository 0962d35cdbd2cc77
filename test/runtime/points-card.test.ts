import { describe, expect, it } from 'vitest';
import { readCard, readPointsCard } from '../../src/runtime/index.ts';
import { shippedCard, shippedPointsCard } from '../support/node-source.ts';

type Json = Record<string, unknown>;
const ids = ['face-landmarks-68', 'face-mesh', 'pose-movenet'] as const;

/** A deep copy of a card with one field, by its dotted path, changed; `undefined` takes it out. */
function changed(id: (typeof ids)[number], path: string, value: unknown): unknown {
  const card = structuredClone(shippedPointsCard(id)) as unknown as Json;
  const keys = path.split('.');
  const last = keys.pop() as string;
  const holder = keys.reduce((at, key) => at[key] as Json, card);
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else holder[last] = value;
  return card;
}

describe('readPointsCard', () => {
  it.each(ids)('takes the card of %s as it is, and no detector takes it', (id) => {
    expect(readPointsCard(structuredClone(shippedPointsCard(id)))).toEqual({ ok: true, value: shippedPointsCard(id) });
    expect(readCard(shippedPointsCard(id)).ok).toBe(false);
  });

  it('refuses the card of a detector', () => {
    expect(readPointsCard(shippedCard('faces-tiny-yolov2'))).toMatchObject({ ok: false, failure: { code: 'card-invalid' } });
  });

  it.each<[(typeof ids)[number], string, unknown]>([
    ['face-mesh', 'task', 'faces'],
    ['face-mesh', 'points', 0],
    ['face-mesh', 'points', undefined],
    ['face-mesh', 'input.width', 0],
    ['face-mesh', 'input.pad', 256],
    ['face-mesh', 'head.family', 'v3'],
    ['face-mesh', 'head.flagNode', ''],
    ['face-mesh', 'crop.ofBox.scale', 0],
    ['face-mesh', 'crop.ofPoints.shiftY', 2],
    ['face-mesh', 'still.looks', 9],
    ['face-mesh', 'thresholds.presence', 1.5],
    ['face-mesh', 'files.0.sha256', 'ABC'],
    ['face-mesh', 'extra', true],
    ['pose-movenet', 'head.stride', 0],
    ['face-landmarks-68', 'head.outputLayer', 7],
  ])('%s: refuses %s = %j and names the field', (id, path, value) => {
    const read = readPointsCard(changed(id, path, value));
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.failure.detail).toContain(path);
  });
});
