import type { Part } from '../../../landmarks/index.ts';
import { face68Parts, faceMeshParts } from '../../../landmarks/index.ts';
import type { DetectedFace } from '../../../pipeline/index.ts';
import { faceStyle } from '../class-style.ts';
import type { PointPen } from './point-pen.ts';
import { inkUnder } from './point-pen.ts';

/** What speaks in a face is drawn stronger than what frames it. */
const speaking: ReadonlySet<string> = new Set(['right-eye', 'left-eye', 'outer-lips', 'inner-lips']);
const split = (parts: readonly Part[]): { readonly quiet: readonly Part[]; readonly strong: readonly Part[] } => ({
  quiet: parts.filter(({ name }) => !speaking.has(name)),
  strong: parts.filter(({ name }) => speaking.has(name)),
});
const lines68 = split(face68Parts);
const linesOfMesh = split(faceMeshParts);

/** A face that is drawn smaller than this, in pixels of line width, has its box and no more: lines would hide it. */
const linesFrom = 30;
/** A smaller face gets the lines and no dots of the mesh. */
const dotsFrom = 84;
/** On a smaller face the two lines of a lip would run into one. */
const innerLipsFrom = 90;
/** From this size on every point of the mesh is a dot; on a face of half the size every second one, and so on. */
const allDotsFrom = 260;

/**
 * Draws the points of one face: smooth lines along brows, eyes, nose, mouth and outline, and the mesh as fine dots.
 *
 * @param facePx the longer side of the face on the view
 */
export function drawFacePoints(pen: PointPen, { landmarks, mesh }: DetectedFace, facePx: number): void {
  const { unitPx } = pen;
  const sizeUnits = facePx / unitPx;
  if (sizeUnits < linesFrom) return;
  if (mesh && sizeUnits >= dotsFrom) {
    const sidePx = clamp(sizeUnits / 170, 0.9, 2) * unitPx;
    drawDots(pen, mesh, Math.max(1, Math.round(allDotsFrom / sizeUnits)), sidePx);
  }
  const points = landmarks ?? mesh;
  if (!points) return;
  const { quiet, strong } = landmarks ? lines68 : linesOfMesh;
  const widthPx = clamp(sizeUnits / 130, 0.75, 2) * unitPx;
  strokeParts(pen, points, quiet, widthPx, faceStyle.colour);
  if (sizeUnits >= innerLipsFrom) strokeParts(pen, points, strong, widthPx * 1.4, 'white');
  else strokeParts(pen, points, strong.filter(({ name }) => name !== 'inner-lips'), widthPx * 1.2, 'white');
}

type Points = NonNullable<DetectedFace['landmarks']>;

function strokeParts(pen: PointPen, points: Points, parts: readonly Part[], widthPx: number, colour: string): void {
  pen.context.beginPath();
  for (const part of parts) pen.line(points, part);
  pen.stroke(widthPx, colour);
}

function drawDots(pen: PointPen, points: Points, step: number, sidePx: number): void {
  const { context, unitPx } = pen;
  context.beginPath();
  pen.dots(points, step, sidePx);
  context.lineWidth = unitPx;
  context.strokeStyle = inkUnder;
  context.stroke();
  context.fillStyle = 'white';
  context.fill();
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
