import { ImportError } from '../import-failure.ts';
import type { CallRef, PlannedInput, PlannedLayer } from './layers-plan.ts';
import { outputName } from './layers-plan.ts';

/**
 * The layers in an order in which each stands behind those that it is given.
 *
 * @throws ImportError `graph-invalid` when two have one name, when one is given what there is not, or for a circle
 */
export function orderLayers(layers: readonly PlannedLayer[], inputs: readonly PlannedInput[], path: string): readonly PlannedLayer[] {
  const names = [...inputs, ...layers].map(({ name }) => name);
  if (new Set(names).size < names.length) throw new ImportError('graph-invalid', `${path}: two layers have one name`);
  const ready = new Set(inputs.map(({ name }) => name));
  const known = new Map(layers.map((layer) => [layer.name, layer] as const));
  const waiting = new Map<string, PlannedLayer[]>();
  const missing = new Map<PlannedLayer, number>();
  for (const layer of layers) {
    const before = new Set(layer.calls.flat().filter((ref) => exists(ref, known, ready, layer, path)).map(({ layer: name }) => name));
    missing.set(layer, before.size);
    for (const name of before) waiting.set(name, [...(waiting.get(name) ?? []), layer]);
  }
  const ordered: PlannedLayer[] = [];
  const next = layers.filter((layer) => missing.get(layer) === 0);
  for (let layer = next.pop(); layer; layer = next.pop()) {
    ordered.push(layer);
    for (const follower of waiting.get(layer.name) ?? []) {
      const left = (missing.get(follower) ?? 0) - 1;
      missing.set(follower, left);
      if (left === 0) next.push(follower);
    }
  }
  if (ordered.length < layers.length) throw new ImportError('graph-invalid', `${path}: its layers wait for each other in a circle`);
  return ordered;
}

/** Whether a call waits for another layer; false for an input, which is there. */
function exists(ref: CallRef, known: ReadonlyMap<string, PlannedLayer>, inputs: ReadonlySet<string>, { name }: PlannedLayer, path: string): boolean {
  if (inputs.has(ref.layer) && ref.call === 0) return false;
  if (ref.call < (known.get(ref.layer)?.calls.length ?? 0)) return true;
  throw new ImportError('graph-invalid', `${path}: the layer ${name} is given ${outputName(ref)}, which there is not`);
}
