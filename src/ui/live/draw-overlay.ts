import { applyToBox } from '../../geometry/index.ts';
import type { Affine, BoxXyxy } from '../../geometry/index.ts';
import type { FrameResult } from '../../pipeline/index.ts';
import type { ClassStyle } from './class-style.ts';
import { faceStyle, objectStyle } from './class-style.ts';
import { placeLabels } from './place-labels.ts';

/** What the drawing needs from outside: sizes, and the texts in the person's language. */
export interface OverlayStyle {
  /** Part of the view that labels may use, in view pixels. */
  readonly safe: BoxXyxy;
  /** Text size in view pixels, at least 16 on a screen. */
  readonly fontPx: number;
  readonly fontFamily: string;
  readonly objectName: (label: string) => string;
  readonly faceName: string;
  /** 0.92 as it is written in the person's language: "92%". */
  readonly percent: (score: number) => string;
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

interface Mark {
  readonly boxPx: BoxXyxy;
  readonly style: ClassStyle;
  readonly name: string;
  readonly scoreText: string;
  readonly score: number;
}

const inkLine = 'rgb(14 17 22 / 0.85)';

/**
 * Draws boxes and labels of one result. The canvas is not cleared. A line is a dark outline, a light core and the class
 * colour in its dash pattern, so it shows on any picture.
 *
 * @param unitToViewMap from 0..1 of the frame to view pixels; the mirroring, if any, is in it, the text is never mirrored
 */
export function drawOverlay(context: Context, result: FrameResult, unitToViewMap: Affine, style: OverlayStyle): void {
  const marks = marksOf(result, unitToViewMap, style);
  const linePx = Math.max(2.5, style.fontPx / 6);
  context.save();
  context.lineJoin = 'round';
  for (const mark of [...marks].reverse()) strokeBox(context, mark, linePx);
  context.font = `600 ${style.fontPx}px ${style.fontFamily}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const padPx = style.fontPx * 0.5;
  const heightPx = Math.round(style.fontPx * 1.625);
  const requests = marks.map((mark) => ({
    boxPx: mark.boxPx,
    sizePx: { width: Math.ceil(context.measureText(labelText(mark)).width + 2 * padPx), height: heightPx },
  }));
  const facesPx = result.faces.map((face) => applyToBox(unitToViewMap, face.box));
  placeLabels(requests, style.safe, facesPx).forEach((place, index) => {
    const mark = marks[index];
    if (place && mark) drawLabel(context, mark, place, padPx);
  });
  context.restore();
}

function marksOf(result: FrameResult, map: Affine, style: OverlayStyle): Mark[] {
  const objects = result.objects.map((object) => ({
    boxPx: applyToBox(map, object.box),
    style: objectStyle(object.classId),
    name: style.objectName(object.label),
    scoreText: style.percent(object.score),
    score: object.score,
  }));
  const faces = result.faces.map((face) => ({
    boxPx: applyToBox(map, face.box),
    style: faceStyle,
    name: style.faceName,
    scoreText: style.percent(face.score),
    score: face.score,
  }));
  return [...objects, ...faces].sort((a, b) => b.score - a.score);
}

function labelText(mark: Mark): string {
  return `${mark.name} ${mark.scoreText}`;
}

function strokeBox(context: Context, mark: Mark, linePx: number): void {
  const { x1, y1, x2, y2 } = mark.boxPx;
  const radiusPx = Math.max(0, Math.min(linePx * 2.5, (x2 - x1) / 2, (y2 - y1) / 2));
  const trace = (width: number, colour: string, dash: readonly number[]): void => {
    context.beginPath();
    context.roundRect(x1, y1, Math.max(0, x2 - x1), Math.max(0, y2 - y1), radiusPx);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.setLineDash(dash.map((length) => length * linePx));
    context.stroke();
  };
  trace(linePx * 2.4, inkLine, []);
  trace(linePx * 1.25, 'white', []);
  trace(linePx, mark.style.colour, mark.style.dash);
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
  context.fillText(labelText(mark), place.x1 + padPx, place.y1 + height * 0.53);
}
