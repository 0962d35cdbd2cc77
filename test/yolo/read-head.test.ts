import { describe, expect, it } from 'vitest';
import { readHead } from '../../src/yolo/index.ts';
import { shippedCard } from '../support/node-source.ts';

const centre = shippedCard('objects-centernet').head;
const v2 = shippedCard('faces-tiny-yolov2').head;

describe('readHead', () => {
  it('takes the heads of the cards that ship', () => {
    expect(readHead(centre)).toMatchObject({ ok: true, value: { family: 'centre', stride: 4 } });
    expect(readHead(v2)).toMatchObject({ ok: true, value: { family: 'v2', stride: 32, outputLayer: 'conv8' } });
  });

  it.each<[string, unknown, string]>([
    ['an unknown family', { ...v2, family: 'v99' }, 'family'],
    ['no stride', { ...v2, stride: undefined }, 'stride'],
    ['a stride of 0', { ...centre, stride: 0 }, 'stride'],
    ['half a stride', { ...centre, stride: 4.5 }, 'stride'],
    ['no anchors', { ...v2, anchors: [] }, 'anchors'],
    ['a negative anchor', { ...v2, anchors: [[1, -1]] }, 'anchors.0.1'],
    ['a flat list of anchors', { ...v2, anchors: [1, 2] }, 'anchors.0'],
    ['an anchor of NaN', { ...v2, anchors: [[NaN, 1]] }, 'anchors.0.0'],
    ['no sizes node', { ...centre, sizesNode: undefined }, 'sizesNode'],
    ['an upsample node without a stride', { ...centre, upsampleNodes: [{ node: 'a' }] }, 'upsampleNodes.0.stride'],
    ['fields of the other family', { ...v2, scoresNode: 'a' }, 'scoresNode'],
    ['nothing', null, 'head'],
  ])('refuses %s and names the field', (_, json, field) => {
    const read = readHead(json);
    expect(read).toMatchObject({ ok: false, failure: { code: 'head-invalid' } });
    expect(read.ok ? '' : read.failure.detail.split(': ')[0]).toBe(field);
  });
});
