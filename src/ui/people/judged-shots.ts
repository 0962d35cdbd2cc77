import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { Gallery, Person, Vault, VaultFailure } from '../../store/index.ts';
import type { DescriptorModel, DescriptorModels } from './descriptor-model.ts';
import type { JudgeFailure, Judgement } from './face-judge.ts';
import { FaceJudge, galleryOf } from './face-judge.ts';
import type { FaceShot } from './face-shot.ts';
import type { Strangers } from './rate-text.ts';
import { usualTarget } from './target-rates.ts';

/** What the people who are kept here say of some shots, before they are saved. */
export interface JudgedShots {
  /** Someone else whose face this seems to be. */
  readonly double: Person | null;
  /** Who would come as near to anyone here as the shot does to the double. */
  readonly strangers: Strangers | null;
  /** None of the shots is near to what is kept of the person who is enrolled again. */
  readonly unlikeBefore: boolean;
}

const nothingFound: JudgedShots = { double: null, strangers: null, unlikeBefore: false };

/**
 * @param shots at least one, all of one network
 * @param personId who is enrolled again; null for someone new
 */
export async function judgeShots(
  vault: Pick<Vault, 'gallery'>,
  models: DescriptorModels,
  shots: readonly FaceShot[],
  personId: string | null,
): Promise<Result<JudgedShots, JudgeFailure | VaultFailure>> {
  const [first] = shots;
  if (!first) return ok(nothingFound);
  const model = models(first.template.modelId);
  const read = await vault.gallery(model.rule.modelId, model.rule.length);
  if (!read.ok) return read;
  const others = judgementsOf(galleryOf(read.value, (id) => id !== personId), model, shots);
  if (!others.ok) return others;
  const before = judgementsOf(galleryOf(read.value, (id) => id === personId), model, shots);
  if (!before.ok) return before;
  const double = others.value.find(({ person }) => person !== null) ?? null;
  return ok({
    double: double?.person ?? null,
    strangers: double?.strangers ?? null,
    unlikeBefore: before.value.length > 0 && before.value.every(({ person }) => person === null),
  });
}

/** None where the gallery is empty. */
function judgementsOf(gallery: Gallery, model: DescriptorModel, shots: readonly FaceShot[]): Result<readonly Judgement[], JudgeFailure> {
  const judge = FaceJudge.build(gallery, model, usualTarget);
  if (!judge.ok) return judge.failure.code === 'nobody-enrolled' ? ok([]) : judge;
  const judgements: Judgement[] = [];
  for (const { template } of shots) {
    const judged = judge.value.judge(template);
    if (!judged.ok) return judged;
    judgements.push(judged.value);
  }
  return ok(judgements);
}
