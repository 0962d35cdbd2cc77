import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { CompareFailure, Descriptor } from '../compare/check-template.ts';
import { checkedNorm } from '../compare/check-template.ts';
import type { DescriptorRule } from '../compare/descriptor-rule.ts';
import { distanceOf, exactSquare, squareOf } from './exact-distance.ts';
import type { RowAt } from './nearest-two.ts';
import { NearestTwo } from './nearest-two.ts';
import type { PackedTemplates } from './packed-templates.ts';
import { Sketches } from './sketches.ts';

/** One template of the gallery and how far it is from the probe. */
export interface Nearest {
  readonly row: number;
  readonly person: number;
  readonly distance: number;
}

export interface NearestPeople {
  readonly best: Nearest | null;
  /** The nearest template of anybody else. */
  readonly second: Nearest | null;
}

export type IndexFailure = Failure<'gallery-invalid'> | CompareFailure;

/**
 * An exact search for the nearest person among packed templates, also a million of them. It keeps the templates where they
 * are (they must not change) and a sketch of each in an eighth of the bytes.
 */
export class FaceIndex {
  readonly rule: DescriptorRule;
  readonly rows: number;
  readonly people: number;
  readonly #templates: PackedTemplates;
  readonly #sketches: Sketches | null;

  /** @param options.plain without sketches: as where the engine has no instructions for them */
  static build(templates: PackedTemplates, rule: DescriptorRule, options: { readonly plain?: boolean } = {}): Result<FaceIndex, IndexFailure> {
    const { values, personOf } = templates;
    if (values.length !== personOf.length * rule.length) return err('gallery-invalid', `${values.length} numbers for ${personOf.length} templates of ${rule.length}`);
    for (let row = 0; row < personOf.length; row++) {
      const norm = checkedNorm({ modelId: rule.modelId, values: values.subarray(row * rule.length, (row + 1) * rule.length) }, rule);
      if (!norm.ok) return err(norm.failure.code, `template ${row}: ${norm.failure.detail}`);
    }
    return ok(new FaceIndex(templates, rule, options.plain === true ? null : Sketches.of(values, rule)));
  }

  private constructor(templates: PackedTemplates, rule: DescriptorRule, sketches: Sketches | null) {
    this.rule = rule;
    this.rows = templates.personOf.length;
    this.people = new Set(templates.personOf).size;
    this.#templates = templates;
    this.#sketches = sketches;
  }

  /** Of the templates, whose they are, and what helps to search them. */
  get bytes(): number {
    return this.#templates.values.byteLength + this.#templates.personOf.byteLength + (this.#sketches?.bytes ?? 0);
  }

  /**
   * The nearest person and the nearest other one. Of equally near templates the first one counts.
   *
   * @param within only who is this close or closer; what is farther need not be told apart, which saves time
   */
  nearest(probe: Descriptor, within = Infinity): Result<NearestPeople, CompareFailure> {
    const norm = checkedNorm(probe, this.rule);
    if (!norm.ok) return norm;
    const limit = squareOf(Math.max(0, within), this.rule) * (1 + Number.EPSILON * 4);
    const found = this.#sketches ? this.#bySketch(probe.values, limit, this.#sketches) : this.#oneByOne(probe.values, limit);
    const told = (at: RowAt | null): Nearest | null => {
      if (!at) return null;
      const distance = distanceOf(at.far, this.rule);
      return distance <= within ? { row: at.row, person: at.person, distance } : null;
    };
    return ok({ best: told(found.best), second: told(found.second) });
  }

  #oneByOne(probe: Float32Array, within: number): NearestTwo {
    const { values, personOf } = this.#templates;
    const square = exactSquare(probe, this.rule);
    const found = new NearestTwo();
    for (let row = 0; row < this.rows; row++) {
      const limit = found.limit(within);
      const far = square(values, row, limit);
      if (far <= limit) found.offer(row, personOf[row] as number, far);
    }
    return found;
  }

  #bySketch(probe: Float32Array, within: number, sketches: Sketches): NearestTwo {
    const { values, personOf } = this.#templates;
    const square = exactSquare(probe, this.rule);
    const likely = new NearestTwo();
    const bounds = sketches.lowerBounds(probe, (row, far) => {
      likely.offer(row, personOf[row] as number, far);
      return likely.limit(Infinity);
    });
    // The two that look nearest first: they make the limit narrow for all others.
    const found = new NearestTwo();
    const [first, then] = [likely.best?.row ?? -1, likely.second?.row ?? -1];
    for (const row of [first, then].filter((one) => one >= 0)) {
      const far = square(values, row, within);
      if (far <= within) found.offer(row, personOf[row] as number, far);
    }
    let limit = found.limit(within);
    for (let row = 0; row < this.rows; row++) {
      if ((bounds[row] as number) > limit || row === first || row === then) continue;
      const far = square(values, row, limit);
      if (far > limit) continue;
      found.offer(row, personOf[row] as number, far);
      limit = found.limit(within);
    }
    return found;
  }
}
