import type { FoundNetwork } from '../../runtime/files.ts';
import type { ImportedCard, NetworkFacts } from '../../runtime/index.ts';
import { ImportError } from '../../runtime/files.ts';
import { outputName } from '../darknet/head-of.ts';
import { readDarknetPlan } from '../darknet/read-darknet-plan.ts';
import type { HeadSpec } from '../heads/read-head.ts';

export interface DarknetReading {
  readonly facts: NetworkFacts;
  readonly head: HeadSpec;
  readonly fit: ImportedCard['input']['fit'];
}

/** Darknet fills the bars of a letterbox with 0.5. */
const darknetGrey = 128;

/**
 * What a `.cfg` says of its network: everything, so that no head is guessed.
 *
 * @throws ImportError `darknet-invalid`
 */
export function darknetFacts({ parts, path }: FoundNetwork): DarknetReading {
  const cfg = parts.find(({ role }) => role === 'graph');
  const plan = cfg ? readDarknetPlan(cfg.bytes) : null;
  if (!plan?.ok) throw new ImportError('darknet-invalid', `${path}: ${plan ? `${plan.failure.code}: ${plan.failure.detail}` : 'there is no .cfg'}`);
  const { input, heads, head, weightCount, letterBox } = plan.value;
  return {
    facts: {
      inputs: [{ name: 'net', shape: [1, input.height, input.width, input.channels], type: 'float32' }],
      outputs: heads.map((each) => ({ name: outputName(each), shape: [1, each.shape.height, each.shape.width, each.shape.channels], type: 'float32' })),
      operations: [],
      weightBytes: weightCount * 4,
      metadata: new Map(),
    },
    head,
    fit: letterBox ? { kind: 'letterbox', align: 'centre', pad: darknetGrey } : { kind: 'stretch' },
  };
}
