import type { Result } from '../../base/index.ts';
import type { DarknetFailure } from './failure.ts';
import type { DarknetPlan } from './plan.ts';
import { planNetwork } from './plan-network.ts';
import { readCfg } from './read-cfg.ts';

/** Reads a `.cfg` and fits its layers together: everything about the network but its weights. */
export function readDarknetPlan(cfg: Uint8Array): Result<DarknetPlan, DarknetFailure> {
  const read = readCfg(cfg);
  return read.ok ? planNetwork(read.value) : read;
}
