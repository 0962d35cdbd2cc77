/**
 * Bounds on a file that somebody brought, each well above the largest published darknet networks (YOLOv4 at 608 px:
 * 162 layers, 64 million weights, 64 G multiply-adds, 27 KiB of text) and low enough that nothing beyond them is ever
 * allocated or run.
 */
export const limits = {
  cfgBytes: 1 << 20,
  sections: 1024,
  inputPx: 2048,
  filters: 1 << 14,
  kernelPx: 31,
  stridePx: 32,
  classes: 10_000,
  anchors: 128,
  /** Layers that a route or a shortcut may name. */
  references: 64,
  weights: 100_000_000,
  /** Numbers alive at once in one run: 256 MiB as float32. */
  liveActivations: 1 << 26,
  multiplyAdds: 250e9,
} as const;
