import type { Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Descriptor, DescriptorRule, ImpostorDistances } from '../../faces/index.ts';
import { FaceIndex } from '../../faces/index.ts';
import type { PackedTemplates, Vault } from '../../store/index.ts';
import type { DoorGallery, Gallery } from '../ports.ts';

/** People of the vault who the door knows. `reload` after somebody came, changed or was revoked. */
export interface VaultGallery extends Gallery {
  /** What was known before is gone in any case: after a failure nobody is let in by what may be out of date. */
  reload(): Promise<Result<null>>;
}

export function vaultGallery(vault: Pick<Vault, 'gallery'>, rule: DescriptorRule, impostors: ImpostorDistances): VaultGallery {
  let known: DoorGallery | null = null;
  let newest = 0;
  return {
    current: () => known,
    async reload() {
      const mine = ++newest;
      known = null;
      const opened = await vault.gallery(rule.modelId, rule.length);
      if (!opened.ok) return opened;
      const { people, values, personOf, cohort } = opened.value;
      const index = personOf.length > 0 ? FaceIndex.build({ values, personOf }, rule) : ok(null);
      if (!index.ok) return index;
      const negatives = checkedNegatives(cohort, rule);
      if (!negatives.ok) return negatives;
      // Somebody asked again meanwhile: theirs is the one that counts.
      if (mine !== newest) return ok(null);
      const [templates, others] = [byPerson({ values, personOf }, rule), byPerson(cohort, rule)];
      known = {
        people: people.map(({ id, name }) => ({ personId: id, name })),
        rule,
        index: index.value,
        templatesOf: (person) => templates.get(person) ?? [],
        negativesOf: (person) => others.get(person) ?? [],
        impostors,
      };
      return ok(null);
    },
  };
}

/** Numbers that cannot be compared would turn every visit into a fault: they are found when they are loaded. */
function checkedNegatives(cohort: PackedTemplates, rule: DescriptorRule): Result<null> {
  if (cohort.personOf.length === 0) return ok(null);
  const built = FaceIndex.build(cohort, rule, { plain: true });
  return built.ok ? ok(null) : err(built.failure.code, `negatives: ${built.failure.detail}`);
}

function byPerson({ values, personOf }: PackedTemplates, { modelId, length }: DescriptorRule): ReadonlyMap<number, readonly Descriptor[]> {
  const found = new Map<number, Descriptor[]>();
  for (const [row, person] of personOf.entries()) {
    const held = found.get(person) ?? [];
    held.push({ modelId, values: values.subarray(row * length, (row + 1) * length) });
    found.set(person, held);
  }
  return found;
}
