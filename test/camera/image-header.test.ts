import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readImageHeader } from '../../src/camera/image-header/image-header.ts';
import { photoPath } from '../support/photos.ts';

const photo = new Uint8Array(readFileSync(photoPath('sample1.jpg')));
const blob = (...parts: (readonly number[] | Uint8Array<ArrayBuffer> | string)[]): Blob =>
  new Blob(parts.map((part) => (typeof part === 'string' ? Uint8Array.from(part, (c) => c.charCodeAt(0)) : Uint8Array.from(part))));
const le16 = (v: number): number[] => [v & 255, (v >> 8) & 255];
const le32 = (v: number): number[] => [...le16(v & 0xffff), ...le16((v >>> 16) & 0xffff)];
const be16 = (v: number): number[] => le16(v).reverse();
const be32 = (v: number): number[] => le32(v).reverse();

const png = (w: number, h: number): Blob => blob('\x89PNG\r\n\x1a\n', be32(13), 'IHDR', be32(w), be32(h), [8, 6, 0, 0, 0]);
const gif = (w: number, h: number): Blob => blob('GIF89a', le16(w), le16(h), [0, 0, 0]);
const bmp = (w: number, h: number): Blob => blob('BM', le32(0), le32(0), le32(54), le32(40), le32(w), le32(h), [1, 0, 24, 0]);
const jpeg = (w: number, h: number, ...segments: number[][]): Blob =>
  blob([0xff, 0xd8], ...segments, [0xff, 0xc2, 0, 17, 8], be16(h), be16(w), [3, ...Array<number>(9).fill(0)]);
const vp8x = (w: number, h: number): Blob => blob('RIFF', le32(30), 'WEBPVP8X', le32(10), le32(0), le32(w - 1).slice(0, 3), le32(h - 1).slice(0, 3));
const vp8 = (w: number, h: number): Blob => blob('RIFF', le32(30), 'WEBPVP8 ', le32(18), [0, 0, 0, 0x9d, 1, 0x2a], le16(w), le16(h), [0, 0]);
const vp8l = (w: number, h: number): Blob => blob('RIFF', le32(30), 'WEBPVP8L', le32(18), [0x2f], le32((w - 1) | ((h - 1) << 14)), Array<number>(8).fill(0));

describe('readImageHeader', () => {
  it('reads a real photo', async () => {
    expect(await readImageHeader(new Blob([photo]))).toEqual({ format: 'jpeg', size: { width: 1920, height: 1280 } });
  });

  it.each([
    ['png', png],
    ['gif', gif],
    ['bmp', bmp],
    ['jpeg', (w: number, h: number) => jpeg(w, h)],
    ['webp', vp8x],
    ['webp', vp8],
    ['webp', vp8l],
  ] as const)('gives back any size written as %s (%o)', async (format, write) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 16_383 }), fc.integer({ min: 1, max: 16_383 }), async (width, height) => {
        expect(await readImageHeader(write(width, height))).toEqual({ format, size: { width, height } });
      }),
    );
  });

  it('reads a bitmap that is stored top down, and an old one', async () => {
    expect((await readImageHeader(bmp(5, -7 >>> 0)))?.size).toEqual({ width: 5, height: 7 });
    expect((await readImageHeader(blob('BM', le32(0), le32(0), le32(26), le32(12), le16(5), le16(7), le32(0))))?.size).toEqual({ width: 5, height: 7 });
  });

  it('finds the frame header behind megabytes of other segments and fill bytes', async () => {
    const big = [0xff, 0xe1, 0xff, 0xff, ...Array<number>(65_533).fill(0)];
    const found = await readImageHeader(jpeg(640, 480, ...Array<number[]>(40).fill(big), [0xff, 0xff]));
    expect(found?.size).toEqual({ width: 640, height: 480 });
  });

  it('gives up on an endless row of segments', async () => {
    const small = [0xff, 0xe1, 0, 2];
    expect(await readImageHeader(jpeg(640, 480, ...Array<number[]>(5_000).fill(small)))).toEqual({ format: 'jpeg', size: null });
  });

  it('does not take a scan or a broken length for a header', async () => {
    expect((await readImageHeader(blob([0xff, 0xd8, 0xff, 0xda, 0, 8, 0, 0, 0, 0, 0, 0])))?.size).toBeNull();
    expect((await readImageHeader(blob([0xff, 0xd8, 0xff, 0xe0, 0, 1, 0, 0, 0, 0, 0, 0])))?.size).toBeNull();
  });

  it('knows a file that it does not read', async () => {
    expect(await readImageHeader(new Blob([]))).toBeNull();
    expect(await readImageHeader(blob('<svg xmlns="x"/>'))).toBeNull();
    expect(await readImageHeader(blob('RIFF', le32(4), 'WAVEfmt '))).toBeNull();
  });

  it('never throws, and never reads a size out of a file cut inside its header', async () => {
    const frameHeaderAt = 20_000;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: frameHeaderAt }), async (length) => {
        const header = await readImageHeader(new Blob([photo.slice(0, length)]));
        if (header?.size) expect(header.size).toEqual({ width: 1920, height: 1280 });
      }),
    );
    for (const whole of [png(9, 9), gif(9, 9), bmp(9, 9), vp8x(9, 9), vp8(9, 9), vp8l(9, 9)]) {
      for (let length = 0; length < 10; length++) expect((await readImageHeader(whole.slice(0, length)))?.size ?? null).toBeNull();
    }
  });

  it('answers for hostile bytes with whole, non-negative sizes or none', async () => {
    const starts = ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'GIF89a', 'RIFF    WEBPVP8 ', 'RIFF    WEBPVP8L', 'RIFF    WEBPVP8X', 'BM', ''];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 400 }), async (start, rest) => {
        const header = await readImageHeader(blob(start, Uint8Array.from(rest)));
        for (const side of [header?.size?.width ?? 0, header?.size?.height ?? 0]) {
          expect(Number.isSafeInteger(side) && side >= 0).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('survives any one changed byte in front of a photo', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 0, max: 255 }), async (at, value) => {
        const bytes = photo.slice(0, 60_000);
        bytes[at] = value;
        const header = await readImageHeader(new Blob([bytes]));
        expect(header?.size?.width ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
