import type { Point, Size } from '../../geometry/index.ts';
import type { BodyPoint } from '../points/body-17.ts';
import { body17Names } from '../points/body-17.ts';
import type { PointList } from '../points/point-list.ts';
import type { PoseFacts, Posture } from './pose-facts.ts';

/** A point below this score bears no fact. */
const sureScore = 0.3;
/** A torso that leans further than this from upright lies, one that leans less stands or sits. */
const lyingRad = 1.05;
const uprightRad = 0.7;
/** How far the knees are below the hips, by the length of the torso: a thigh that hangs, and one that is laid. */
const hanging = 0.6;
const laid = 0.42;
/** A hand is up when it is so far above its shoulder, along the body, by the length of the torso or the width of the shoulders. */
const raisedBy = 0.15;

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly score: number;
}

type SpotOf = (name: BodyPoint) => Spot | null;

/** What the key points of one body tell. Where they do not bear out a posture it is `not-sure`. */
export function poseFacts(points: PointList, frame: Size): PoseFacts {
  const spotOf: SpotOf = (name) => {
    const i = body17Names.indexOf(name);
    const score = points.scores[i] ?? 0;
    return score >= sureScore ? { x: (points.xy[2 * i] as number) * frame.width, y: (points.xy[2 * i + 1] as number) * frame.height, score } : null;
  };
  const up = upOf(spotOf);
  const raised = (side: 'left' | 'right'): boolean => {
    const [wrist, shoulder] = [spotOf(`${side}-wrist`), spotOf(`${side}-shoulder`)];
    return Boolean(wrist && shoulder && up && (wrist.x - shoulder.x) * up.x + (wrist.y - shoulder.y) * up.y > raisedBy * (up.x * up.x + up.y * up.y));
  };
  return { ...postureOf(spotOf), leftHandRaised: raised('left'), rightHandRaised: raised('right') };
}

type Standing = Pick<PoseFacts, 'posture' | 'postureConfidence'>;

const notSure: Standing = { posture: 'not-sure', postureConfidence: 0 };

function postureOf(spotOf: SpotOf): Standing {
  const shoulders = middleOf(spotOf('left-shoulder'), spotOf('right-shoulder'));
  const hips = middleOf(spotOf('left-hip'), spotOf('right-hip'));
  if (!shoulders || !hips) return notSure;
  const torso = Math.hypot(hips.x - shoulders.x, hips.y - shoulders.y);
  const leanRad = Math.abs(Math.atan2(hips.x - shoulders.x, hips.y - shoulders.y));
  const bearing = Math.min(shoulders.score, hips.score);
  if (leanRad > lyingRad) return borneOut('lying', bearing, (leanRad - lyingRad) / (Math.PI / 2 - lyingRad));
  const knees = middleOf(spotOf('left-knee'), spotOf('right-knee'));
  if (leanRad > uprightRad || !knees || torso === 0) return notSure;
  const drop = (knees.y - hips.y) / torso;
  const sure = Math.min(bearing, knees.score);
  if (drop > hanging) return borneOut('standing', sure, (drop - hanging) / 0.3);
  if (drop < laid) return borneOut('sitting', sure, (laid - drop) / 0.3);
  return notSure;
}

/** @param margin how far from the limit, 0 at the limit and 1 where there is no doubt */
function borneOut(posture: Posture, score: number, margin: number): Standing {
  return { posture, postureConfidence: Math.min(1, score) * (0.5 + 0.5 * Math.min(1, Math.max(0, margin))) };
}

/**
 * The way up along the body in pixels: from the hips to the shoulders, or straight up by the width of the shoulders where
 * the hips cannot be seen; null without either.
 */
function upOf(spotOf: SpotOf): Point | null {
  const [left, right] = [spotOf('left-shoulder'), spotOf('right-shoulder')];
  const [shoulders, hips] = [middleOf(left, right), middleOf(spotOf('left-hip'), spotOf('right-hip'))];
  if (shoulders && hips) return { x: shoulders.x - hips.x, y: shoulders.y - hips.y };
  return left && right ? { x: 0, y: -Math.hypot(right.x - left.x, right.y - left.y) } : null;
}

/** The middle of a pair, or the one of the two that can be seen. */
function middleOf(left: Spot | null, right: Spot | null): Spot | null {
  if (!left || !right) return left ?? right;
  return { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2, score: (left.score + right.score) / 2 };
}
