import type { Point, Region, Size } from '../../geometry/index.ts';
import type { PointsCard } from '../../runtime/index.ts';

type Shapes = Pick<PointsCard['input'], 'width' | 'height' | 'shapes'>;

/** A shape that shows this much of the best resolution, and has fewer pixels, is as good. */
const goodEnough = 0.9;

/**
 * The smallest upright region about something that has the shape of an input of the network. Of the shapes that show it
 * at (nearly) the best resolution, the one of the fewest pixels: what is slim costs less than what is square.
 * Example: with inputs of 192x192 and 96x192, something of 30x100 gets a region of 50x100.
 */
export function shapedRegion(centrePx: Point, { width, height }: Size, input: Shapes): Region {
  const scaleOf = (shape: Size): number => Math.min(shape.width / width, shape.height / height);
  const shapes = shapesOf(input);
  const best = Math.max(...shapes.map(scaleOf));
  const shape = shapes.filter((each) => scaleOf(each) >= goodEnough * best).reduce((small, each) => (pixelsOf(each) < pixelsOf(small) ? each : small));
  const scale = scaleOf(shape);
  return { centrePx, sizePx: { width: shape.width / scale, height: shape.height / scale }, angleRad: 0 };
}

/** The input whose shape is the region's, or comes closest to it. */
export function inputOfRegion({ sizePx }: Region, input: Shapes): Size {
  const strayOf = ({ width, height }: Size): number => Math.abs(Math.log((width * sizePx.height) / (height * sizePx.width)));
  const { width, height } = shapesOf(input).reduce((best, each) => (strayOf(each) < strayOf(best) ? each : best));
  return { width, height };
}

function shapesOf(input: Shapes): readonly Size[] {
  return [input, ...(input.shapes ?? [])];
}

function pixelsOf({ width, height }: Size): number {
  return width * height;
}
