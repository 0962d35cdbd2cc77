import type { ScoreRule } from './dense-plan.ts';
import { logistic, logitCut } from './logistic.ts';

/** Plain product of logistic or ready-made scores. */
export function productRule(ends: 'applied' | 'needed'): ScoreRule {
  const form = ends === 'applied' ? 'applied' : 'logistic';
  return { objectness: form, classes: form, objectnessPower: 1, classPower: 1 };
}

/** The lowest raw objectness that can reach the score, whatever the class says. */
export function objectnessCut(rule: ScoreRule, minScore: number): number {
  return rawCut(rule.objectness, rule.objectnessPower, minScore);
}

/** The lowest raw class number that can reach the score, whatever the objectness says. */
export function classCut(rule: ScoreRule, minScore: number): number {
  return rule.classes === 'soft-max' ? -Infinity : rawCut(rule.classes, rule.classPower, minScore);
}

export function objectnessScore(rule: ScoreRule, raw: number): number {
  return powered(rule.objectness === 'applied' ? raw : logistic(raw), rule.objectnessPower);
}

/** @param share of the soft-max over the classes; not read by other rules */
export function classScore(rule: ScoreRule, raw: number, share: number): number {
  const plain = rule.classes === 'applied' ? raw : rule.classes === 'logistic' ? logistic(raw) : share;
  return powered(plain, rule.classPower);
}

function rawCut(form: 'applied' | 'logistic', power: number, minScore: number): number {
  const least = power === 1 ? minScore : Math.pow(Math.max(0, minScore), 1 / power) - 1e-9;
  return form === 'applied' ? least : logitCut(least);
}

function powered(value: number, power: number): number {
  return power === 1 ? value : Math.pow(value, power);
}
