import type { DescriptorRule, ImpostorDistances } from '../../faces/index.ts';
import { comparisonOfCard } from '../../faces/index.ts';
import type { ShippedVectorModel } from '../../runtime/index.ts';

/** The network behind a template: how its numbers are compared, and how far apart it puts different people. */
export interface DescriptorModel {
  readonly rule: DescriptorRule;
  readonly impostors: ImpostorDistances;
}

/** Finds the network of a template. Throws RangeError for one that does not ship: nobody else makes templates here. */
export type DescriptorModels = (modelId: string) => DescriptorModel;

export function descriptorModels(shipped: readonly Pick<ShippedVectorModel, 'card'>[]): DescriptorModels {
  return (modelId) => {
    const card = shipped.find(({ card: { id } }) => id === modelId)?.card;
    const model = card ? comparisonOfCard(card) : null;
    if (!model) throw new RangeError(`no descriptor ${modelId} ships with the app`);
    return model;
  };
}
