import * as v from 'valibot';
import type { Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { LayerKind, LayerOptions } from './cfg-layers.ts';
import { layerKinds, layerSchemas } from './cfg-layers.ts';
import type { CfgSection } from './cfg-text.ts';
import { excerpt, splitCfg } from './cfg-text.ts';
import type { DarknetFailure, SectionPlace } from './failure.ts';
import { failAt } from './failure.ts';
import { unsupportedMark } from './option-values.ts';
import { isTrainingOption } from './training-options.ts';

interface SectionOf<K extends LayerKind> {
  readonly kind: K;
  readonly place: SectionPlace;
  readonly options: Readonly<LayerOptions<K>>;
}

type AnySection = { [K in LayerKind]: SectionOf<K> }[LayerKind];

/** A layer with its options checked, one by one; whether the layers fit together is for the plan to see. */
export type CfgLayer = Exclude<AnySection, { readonly kind: 'net' }>;
export type CfgLayerOf<K extends CfgLayer['kind']> = Extract<CfgLayer, { readonly kind: K }>;

/** What a `.cfg` says. */
export interface DarknetCfg {
  readonly net: Readonly<LayerOptions<'net'>>;
  /** In the file's order: the first after [net] is layer 0, as routes count. */
  readonly layers: readonly CfgLayer[];
}

/** Reads a `.cfg`. What this reader does not know to be harmless is refused, with line and section. */
export function readCfg(bytes: Uint8Array): Result<DarknetCfg, DarknetFailure> {
  const split = splitCfg(bytes);
  if (!split.ok) return split;
  const layers: CfgLayer[] = [];
  let net: DarknetCfg['net'] | undefined;
  for (const raw of split.value) {
    const section = readSection(raw);
    if (!section.ok) return section;
    if (section.value.kind !== 'net') {
      if (!net) return failAt('cfg-syntax', raw, 'a network starts with [net]');
      layers.push(section.value);
    } else {
      if (net) return failAt('cfg-syntax', raw, 'a second [net]');
      net = section.value.options;
    }
  }
  return net ? ok({ net, layers }) : err('cfg-syntax', 'the file has no section');
}

function readSection(raw: CfgSection): Result<AnySection, DarknetFailure> {
  const kind = layerKinds.get(raw.title);
  const place = { line: raw.line, title: excerpt(raw.title) };
  if (kind === undefined) return failAt('layer-unsupported', place, 'this kind of layer is not built');
  const schema = layerSchemas[kind];
  for (const [name, { line }] of raw.options) {
    if (Object.hasOwn(schema.entries, name) || isTrainingOption(kind, name)) continue;
    return failAt('option-unsupported', { ...place, line }, `the option ${excerpt(name)} is not known, so what it changes is not known either`);
  }
  // The names are known by now: none of them can be one of Object's own.
  const parsed = v.safeParse(schema, Object.fromEntries([...raw.options].map(([name, { value }]) => [name, value])));
  if (parsed.success) return ok({ kind, place, options: parsed.output } as AnySection);
  const issue = parsed.issues[0];
  const name = v.getDotPath(issue)?.split('.')[0] ?? '';
  const option = raw.options.get(name);
  const unsupported = issue.message.startsWith(unsupportedMark);
  const code = unsupported ? 'option-unsupported' : 'option-invalid';
  const reason = unsupported ? issue.message.slice(unsupportedMark.length) : issue.message;
  if (!option) return failAt(code, place, unsupported ? `the option ${name} is left out: ${reason}` : `the option ${name} is missing`);
  return failAt(code, { ...place, line: option.line }, `${name}=${excerpt(option.value)}: ${reason}`);
}
