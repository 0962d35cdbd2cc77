import { describe, expect, it } from 'vitest';
import { readDarknetPlan } from '../../../src/yolo/darknet/read-darknet-plan.ts';
import { readCfg } from '../../../src/yolo/darknet/read-cfg.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Line 1 to 4; what is under test begins at line 5. */
const net = '[net]\nwidth=8\nheight=8\nchannels=3\n';
const conv = '[convolutional]\nfilters=6\nactivation=linear\n';
const yolo = '[yolo]\nanchors=4,5\nnum=1\nclasses=1\n';

describe('a .cfg that is read', () => {
  it('may have comments, blanks, old Mac and Windows line ends, and options of training', () => {
    const text = `# a comment\r\n[net]\r\n width = 8 ; eight\rheight=\t8\nbatch=64\nlearning_rate=.1\nhue=.1\n\n${conv}; more\n${yolo}ignore_thresh = .5\n`;
    const read = readCfg(bytes(text));
    expect(read).toMatchObject({ ok: true, value: { net: { width: 8, height: 8, channels: 3, letter_box: false } } });
    expect(read.ok && read.value.layers.map(({ kind, place }) => `${kind} at line ${place.line}`)).toEqual(['convolutional at line 9', 'yolo at line 13']);
  });

  it('takes the first of an option given twice, as darknet does', () => {
    expect(readCfg(bytes(`${net}width=16\n${conv}`))).toMatchObject({ ok: true, value: { net: { width: 8 } } });
  });

  it('may hold the byte order mark, and text in any other encoding in its comments', () => {
    const comment = Uint8Array.of(0x23, 0xd6, 0xd0, 0xff, 0x0a);
    expect(readCfg(Uint8Array.of(0xef, 0xbb, 0xbf, ...comment, ...bytes(net + conv))).ok).toBe(true);
  });

  it('has the defaults of darknet', () => {
    const read = readCfg(bytes(`${net}[convolutional]\n[maxpool]\n[upsample]\n[shortcut]\nfrom=-1\n`));
    expect(read.ok && read.value.layers.map(({ options }) => options)).toEqual([
      { filters: 1, size: 1, stride: 1, pad: false, padding: 0, groups: 1, batch_normalize: false, activation: 'logistic' },
      { stride: 1 },
      { stride: 2 },
      { from: [-1], activation: 'linear' },
    ]);
  });

  it('may use the short names of sections', () => {
    const read = readCfg(bytes('[network]\nwidth=8\nheight=8\n[conv]\n[max]\n[avg]\n'));
    expect(read.ok && read.value.layers.map(({ kind }) => kind)).toEqual(['convolutional', 'maxpool', 'avgpool']);
  });
});

const refusals: readonly (readonly [name: string, text: string, code: string, detail: RegExp])[] = [
  ['an empty file', '', 'cfg-syntax', /no section/],
  ['a text of another kind', 'hello\n', 'cfg-syntax', /line 1/],
  ['an option before any section', 'width=8\n', 'cfg-syntax', /line 1.*before the first section/],
  ['a line without a value', `${net}nonsense\n`, 'cfg-syntax', /line 5/],
  ['a layer before [net]', conv, 'cfg-syntax', /line 1 \[convolutional\]/],
  ['a second [net]', net + net, 'cfg-syntax', /line 5 \[net\]/],
  ['a section that is not built', `${net}[lstm]\noutput=8\n`, 'layer-unsupported', /line 5 \[lstm\]/],
  ['a section named like a thing of Object', `${net}[constructor]\n`, 'layer-unsupported', /line 5 \[constructor\]/],
  ['an option that is not known', `${net}[convolutional]\nsharpen=1\n`, 'option-unsupported', /line 6 \[convolutional\].*sharpen/],
  ['an option of another section', `${net}[maxpool]\nfilters=3\n`, 'option-unsupported', /line 6 \[maxpool\].*filters/],
  ['an option named __proto__', `${net}[convolutional]\n__proto__=1\n`, 'option-unsupported', /line 6.*__proto__/],
  ['an option named toString', `${net}[convolutional]\ntoString=1\n`, 'option-unsupported', /line 6.*toString/],
  ['a dilated convolution', `${net}[convolutional]\ndilation=2\n`, 'option-unsupported', /line 6.*only 1/],
  ['an activation that is not built', `${net}[convolutional]\nactivation=selu\n`, 'option-unsupported', /line 6.*selu/],
  ['a pool over channels', `${net}[maxpool]\nsize=2\nmaxpool_depth=1\n`, 'option-unsupported', /line 7/],
  ['a weighted shortcut', `${net}${conv}[shortcut]\nfrom=-1\nweights_type=per_channel\n`, 'option-unsupported', /line 10/],
  ['grey pictures', '[net]\nwidth=8\nheight=8\nchannels=1\n', 'option-unsupported', /line 4.*only 3/],
  ['new coordinates without their scale', `${net}${conv}${yolo}new_coords=1\n`, 'option-unsupported', /line 8 \[yolo\].*scale_x_y=1/],
  ['a reversed reorg', `${net}[reorg]\nstride=2\nreverse=1\n`, 'option-unsupported', /line 7.*only 0/],
  ['a reorg that does not divide its map', `${net}${conv}[reorg]\nstride=3\n`, 'layer-mismatch', /line 8 \[reorg\].*stride of 3/],
  ['a region without softmax', `${net}${conv}[region]\nanchors=1,1\nnum=1\nclasses=1\n`, 'option-unsupported', /line 8 \[region\]/],
  ['no width', '[net]\nheight=8\n', 'option-invalid', /line 1 \[net\].*width is missing/],
  ['a width of 0', '[net]\nwidth=0\nheight=8\n', 'option-invalid', /line 2.*below 1/],
  ['a width beyond any camera', '[net]\nwidth=99999\nheight=8\n', 'option-invalid', /line 2.*above/],
  ['a negative size', `${net}[convolutional]\nsize=-3\n`, 'option-invalid', /line 6.*below 1/],
  ['half a filter', `${net}[convolutional]\nfilters=2.5\n`, 'option-invalid', /line 6.*whole/],
  ['a number in hexadecimal', `${net}[convolutional]\nfilters=0x10\n`, 'option-invalid', /line 6/],
  ['a number too long to be one', `${net}[convolutional]\nfilters=${'9'.repeat(400)}\n`, 'option-invalid', /line 6.*\.\.\./],
  ['no value', `${net}[convolutional]\nfilters=\n`, 'option-invalid', /line 6/],
  ['NaN as an anchor', `${net}${conv}[yolo]\nanchors=nan,5\n`, 'option-invalid', /line 9/],
  ['an infinite anchor', `${net}${conv}[yolo]\nanchors=1e999,5\n`, 'option-invalid', /line 9/],
  ['an odd number of anchor sides', `${net}${conv}[yolo]\nanchors=4,5,6\nclasses=1\n`, 'option-invalid', /line 9.*odd/],
  ['more anchors than any head has', `${net}${conv}[yolo]\nanchors=${'4,5,'.repeat(5000)}4,5\n`, 'option-invalid', /line 9.*more than/],
  ['a route to nothing', `${net}[route]\nlayers=\n`, 'option-invalid', /line 6/],
  ['more bytes than a network has', `${net}${'#'.repeat(1 << 20)}`, 'cfg-too-large', /at most/],
  ['more sections than a network has', net + '[dropout]\n'.repeat(2000), 'cfg-too-large', /1024 sections/],
];

describe('a .cfg that is refused', () => {
  it.each(refusals)('%s', (_, text, code, detail) => {
    const read = readDarknetPlan(bytes(text));
    expect(read).toMatchObject({ ok: false, failure: { code } });
    expect(read.ok ? '' : read.failure.detail).toMatch(detail);
  });
});
