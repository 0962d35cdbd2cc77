/** Three numbers a pixel to three planes: [r, g, b, r, g, b] of two pixels becomes [r, r, g, g, b, b]. */
export function toPlanes(pixels: Float32Array): Float32Array {
  const plane = pixels.length / 3;
  const planes = new Float32Array(pixels.length);
  for (let from = 0, to = 0; to < plane; to++) {
    planes[to] = pixels[from++] as number;
    planes[to + plane] = pixels[from++] as number;
    planes[to + 2 * plane] = pixels[from++] as number;
  }
  return planes;
}
