import { applyToBox } from '../../geometry/index.ts';
import type { Affine, BoxXyxy } from '../../geometry/index.ts';
import type { PointList } from '../../landmarks/index.ts';
import type { FrameResult } from '../../pipeline/index.ts';
import type { ClassStyle } from './class-style.ts';
import type { Mark } from './marks-of.ts';
import { marksOf } from './marks-of.ts';
import type { OverlayStyle } from './overlay-style.ts';
import { placeLabels } from './place-labels.ts';
import { drawBody } from './points/draw-body.ts';
import { drawFacePoints } from './points/draw-face.ts';
import type { Context } from './points/point-pen.ts';
import { PointPen } from './points/point-pen.ts';

const inkLine = 'rgb(14 17 22 / 0.85)';
const screenFontPx = 16;

/**
 * Draws boxes, points and labels of one result. The canvas is not cleared. A line is a dark outline, a light core and the
 * class colour in its dash pattern, so it shows on any picture; it is as wide as the thing is large.
 *
 * @param unitToViewMap from 0..1 of the frame to view pixels; the mirroring, if any, is in it, the text is never mirrored
 */
export function drawOverlay(context: Context, result: FrameResult, unitToViewMap: Affine, style: OverlayStyle): void {
  const marks = marksOf(result, unitToViewMap, style);
  const snap = (boxPx: BoxXyxy): BoxXyxy => onPixels(boxPx, style.pixelRatio);
  context.save();
  context.lineJoin = 'round';
  for (const mark of [...marks].reverse()) if (mark.boxed) strokeBox(context, snap(mark.boxPx), mark.style, boxLinePx(mark.boxPx, style.fontPx));
  drawPoints(new PointPen(context, unitToViewMap, style.fontPx / screenFontPx), result, unitToViewMap);
  context.font = `600 ${style.fontPx}px ${style.fontFamily}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const padPx = style.fontPx * 0.5;
  const heightPx = Math.round(style.fontPx * 1.625);
  const requests = marks.map((mark) => ({
    boxPx: mark.boxPx,
    sizePx: { width: Math.ceil(context.measureText(mark.label).width + 2 * padPx), height: heightPx },
  }));
  const facesPx = result.faces.map((face) => applyToBox(unitToViewMap, face.box));
  placeLabels(requests, style.safe, facesPx).forEach((place, index) => {
    const mark = marks[index];
    if (place && mark) drawLabel(context, mark, snap(place), padPx);
  });
  context.restore();
}

/** Bodies, the small ones first, which are far behind the large ones; then faces. */
function drawPoints(pen: PointPen, { faces, poses }: FrameResult, map: Affine): void {
  const drawn = faces.filter(({ landmarks, mesh }) => landmarks ?? mesh);
  const bodies = poses.map(({ points, box }) => ({ points, sizePx: longSide(applyToBox(map, box)) })).sort((a, b) => a.sizePx - b.sizePx);
  for (const { points, sizePx } of bodies) drawBody(pen, points, sizePx, !drawn.some(({ box }) => holdsNose(box, points)));
  for (const face of drawn) drawFacePoints(pen, face, longSide(applyToBox(map, face.box)));
}

function holdsNose({ x1, y1, x2, y2 }: BoxXyxy, { xy }: PointList): boolean {
  const [x = NaN, y = NaN] = xy;
  return x >= x1 && x <= x2 && y >= y1 && y <= y2;
}

/** A small box gets a thin line: in a crowd the lines would hide the people. */
function boxLinePx(boxPx: BoxXyxy, fontPx: number): number {
  const fullPx = Math.max(2.5, fontPx / 6);
  return fullPx * Math.max(0.55, Math.min(longSide(boxPx) / (fontPx * 5), 1));
}

function strokeBox(context: Context, { x1, y1, x2, y2 }: BoxXyxy, { colour, dash }: ClassStyle, linePx: number): void {
  const radiusPx = Math.max(0, Math.min(linePx * 2.5, (x2 - x1) / 2, (y2 - y1) / 2));
  const trace = (width: number, stroke: string, pattern: readonly number[]): void => {
    context.beginPath();
    context.roundRect(x1, y1, Math.max(0, x2 - x1), Math.max(0, y2 - y1), radiusPx);
    context.lineWidth = width;
    context.strokeStyle = stroke;
    context.setLineDash(pattern.map((length) => length * linePx));
    context.stroke();
  };
  trace(linePx * 2.4, inkLine, []);
  trace(linePx * 1.25, 'white', []);
  trace(linePx, colour, dash);
  context.setLineDash([]);
}

function drawLabel(context: Context, mark: Mark, place: BoxXyxy, padPx: number): void {
  const height = place.y2 - place.y1;
  context.beginPath();
  context.roundRect(place.x1, place.y1, place.x2 - place.x1, height, height * 0.24);
  context.lineWidth = 1.5;
  context.strokeStyle = inkLine;
  context.fillStyle = mark.style.colour;
  context.fill();
  context.stroke();
  context.fillStyle = mark.style.textColour;
  context.fillText(mark.label, place.x1 + padPx, place.y1 + height * 0.53);
}

function longSide({ x1, y1, x2, y2 }: BoxXyxy): number {
  return Math.max(x2 - x1, y2 - y1);
}

function onPixels({ x1, y1, x2, y2 }: BoxXyxy, ratio: number): BoxXyxy {
  const snap = (value: number): number => Math.round(value * ratio) / ratio;
  return { x1: snap(x1), y1: snap(y1), x2: snap(x2), y2: snap(y2) };
}
