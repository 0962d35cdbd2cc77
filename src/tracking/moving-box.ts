import type { BoxXyxy } from '../geometry/index.ts';
import { toCxcywh, toXyxy } from '../geometry/index.ts';
import type { Motion } from './motion.ts';
import { corrected, motionAt, predicted } from './motion.ts';

/**
 * A box that moves. Its spreads are shares of its own size, so that a face in the distance is followed as one nearby is.
 * The size is followed without a speed: a box that grows is caught up with by what is seen.
 */
export interface MovingBox {
  readonly tMs: number;
  readonly cx: Motion;
  readonly cy: Motion;
  readonly w: number;
  readonly h: number;
}

/** Shares of the box's side: how well a detector places a box, how fast things move per second and how much faster they get. */
const seenSpread = 0.06;
const speedSpread = 2;
const accelerationSpread = 8;
/** How much of a newly seen size is taken on. */
const sizeShare = 0.5;
/** Beyond this nothing is known of where it went: the box stays where it would be then. */
const longestPredictionMs = 1000;
const smallestSide = 1e-6;

export function movingBoxAt(box: BoxXyxy, tMs: number): MovingBox {
  const { cx, cy, w, h } = toCxcywh(box);
  const [sideX, sideY] = [Math.max(w, smallestSide), Math.max(h, smallestSide)];
  return {
    tMs,
    cx: motionAt(cx, sideX * seenSpread, sideX * speedSpread),
    cy: motionAt(cy, sideY * seenSpread, sideY * speedSpread),
    w: sideX,
    h: sideY,
  };
}

/** Where the box is expected at a time; at one before it was last seen, where it was seen. */
export function boxAt(moving: MovingBox, tMs: number): BoxXyxy {
  const { cx, cy, w, h } = movedTo(moving, tMs);
  return toXyxy({ cx: cx.position, cy: cy.position, w, h });
}

/** The box after it was seen somewhere at a time. */
export function seenAt(moving: MovingBox, box: BoxXyxy, tMs: number): MovingBox {
  const now = movedTo(moving, tMs);
  const { cx, cy, w, h } = toCxcywh(box);
  return {
    tMs,
    cx: corrected(now.cx, cx, now.w * seenSpread),
    cy: corrected(now.cy, cy, now.h * seenSpread),
    w: Math.max(smallestSide, now.w + sizeShare * (w - now.w)),
    h: Math.max(smallestSide, now.h + sizeShare * (h - now.h)),
  };
}

function movedTo(moving: MovingBox, tMs: number): MovingBox {
  const elapsedS = Math.min(Math.max(0, tMs - moving.tMs), longestPredictionMs) / 1000;
  if (elapsedS === 0) return moving;
  return {
    ...moving,
    tMs,
    cx: predicted(moving.cx, elapsedS, moving.w * accelerationSpread),
    cy: predicted(moving.cy, elapsedS, moving.h * accelerationSpread),
  };
}
