const MiB = 1024 * 1024;

/** How much the app is ready to read of what a person brings. Everything is checked before it is allocated. */
export const importLimits = {
  /** Of one file, and of all files of one import. */
  totalBytes: 128 * MiB,
  files: 1000,
  nameLength: 255,
  /** Unpacked bytes per packed byte; the densest that deflate can make is 1032. */
  packingRatio: 100,
  jsonBytes: 16 * MiB,
  yamlBytes: 256 * 1024,
  textBytes: 1 * MiB,
  /** Nested brackets in JSON and YAML. */
  depth: 64,
  nodes: 100_000,
  /** Layers of a TensorFlow.js layers model; YOLOv4 has some 500. */
  layers: 5000,
  /** Numbers of one tensor; a YOLO has a few million in all. */
  tensorItems: 256 * MiB,
  rank: 8,
  classes: 10_000,
} as const;
