/** How the runtimes name an operation that they do not have. */
const patterns: readonly RegExp[] = [
  // onnxruntime: "Could not find an implementation for Foo(13) node", "No Op registered for Foo with domain_version of 13"
  /implementation for (?:the node \S*?:)?([A-Za-z]\w*)\(\d+\)/,
  /No Op registered for ([A-Za-z]\w*)/,
  // tfjs: "Unknown op 'Foo'. File an issue ..."
  /Unknown op '([\w.]+)'/,
  // TensorFlow Lite: "Encountered unresolved custom op: Foo."
  /unresolved custom op: ([\w.]+?)\.?(?:\s|$)/,
  // our darknet reader: "layer-unsupported: line 12 [foo]: ..."
  /layer-unsupported: line \d+ \[([\w-]+)\]/,
  // our reader of layers models: "the layer lambda_1 is of the kind Lambda"
  /is of the kind (\w+)$/,
];

/**
 * The operation that a runtime did not know, from the text of its failure; null when it failed in another way.
 * Example: "Unknown op 'Roll'. File an issue" gives "Roll".
 */
export function failedPart(detail: string): string | null {
  for (const pattern of patterns) {
    const name = pattern.exec(detail)?.[1];
    if (name !== undefined) return name;
  }
  return null;
}
