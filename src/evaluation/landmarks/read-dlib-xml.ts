import type { Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { BoxXyxy, Point, Size } from '../../geometry/index.ts';
import type { LabelFailure } from '../read-coco.ts';
import type { FaceImage, LabelledFace } from './landmark-types.ts';
import { landmarkCount } from './landmark-types.ts';
import type { XmlEvent } from './xml-elements.ts';
import { xmlElements } from './xml-elements.ts';

type Attributes = ReadonlyMap<string, string>;

/**
 * Reads the label file of dlib's image tools: `image` with `file`, in it `box` with `left`, `top`, `width`, `height` (and
 * `ignore='1'` for one that is not to be judged), in it a `part` with `name`, `x`, `y` for each point, named 0 to 67. A
 * box has all points or none. Other elements are not looked at.
 *
 * Fails when the text is not XML as `xmlElements` takes it, when an attribute is missing or no number (the detail says of
 * which image), when points are missing, and when a file is named twice.
 */
export function readDlibXml(text: string): Result<readonly FaceImage[], LabelFailure> {
  const elements = xmlElements(text, 'labels');
  if (!elements.ok) return elements;
  const reader = new DlibReader();
  for (const event of elements.value) {
    const wrong = event.kind === 'open' ? reader.open(event) : reader.close(event.name);
    if (wrong !== null) return err('inconsistent-labels', `labels: ${wrong}`);
  }
  return reader.images.length > 0 ? ok(reader.images) : err('inconsistent-labels', 'labels: there is no image in it');
}

interface OpenBox {
  readonly boxPx: BoxXyxy;
  readonly ignored: boolean;
  readonly parts: Map<number, Point>;
}

/** Collects images from elements; each step returns what is wrong, or null. */
class DlibReader {
  readonly images: FaceImage[] = [];
  readonly #files = new Set<string>();
  #image: { readonly file: string; readonly size: Size | null; readonly faces: LabelledFace[] } | null = null;
  #box: OpenBox | null = null;

  open({ name, attributes }: Extract<XmlEvent, { kind: 'open' }>): string | null {
    if (name === 'image') return this.#openImage(attributes);
    if (name === 'box') return this.#openBox(attributes);
    return name === 'part' ? this.#addPart(attributes) : null;
  }

  close(name: string): string | null {
    if (name === 'image' && this.#image) {
      this.images.push(this.#image);
      this.#image = null;
    }
    return name === 'box' ? this.#closeBox() : null;
  }

  #openImage(attributes: Attributes): string | null {
    const file = attributes.get('file') ?? '';
    if (this.#image || this.#box) return `${file}: an image inside of another element`;
    if (file === '') return 'an image without a file';
    if (this.#files.has(file)) return `${file} is there twice`;
    this.#files.add(file);
    const [width, height] = [numberOf(attributes, 'width'), numberOf(attributes, 'height')];
    this.#image = { file, size: width > 0 && height > 0 ? { width, height } : null, faces: [] };
    return null;
  }

  #openBox(attributes: Attributes): string | null {
    if (!this.#image || this.#box) return 'a box that is not right inside of an image';
    const [x, y, w, h] = ['left', 'top', 'width', 'height'].map((side) => numberOf(attributes, side)) as [number, number, number, number];
    if (![x, y, w, h].every(Number.isFinite) || w <= 0 || h <= 0) return `${this.#here}: left, top, width and height must be numbers, the last two above 0`;
    this.#box = { boxPx: { x1: x, y1: y, x2: x + w, y2: y + h }, ignored: numberOf(attributes, 'ignore') === 1, parts: new Map() };
    return null;
  }

  #addPart(attributes: Attributes): string | null {
    if (!this.#box) return 'a part outside of a box';
    const name = attributes.get('name') ?? '';
    const index = /^\d{1,4}$/u.test(name) ? Number(name) : NaN;
    const point = { x: numberOf(attributes, 'x'), y: numberOf(attributes, 'y') };
    if (!(index < landmarkCount)) return `${this.#here}: part "${name.slice(0, 20)}" is not one of 0 to ${landmarkCount - 1}`;
    if (!Number.isFinite(point.x) || !Number.isFinite(point.y)) return `${this.#here}: part ${name}: x and y must be numbers`;
    if (this.#box.parts.has(index)) return `${this.#here}: part ${name} is there twice`;
    this.#box.parts.set(index, point);
    return null;
  }

  #closeBox(): string | null {
    const box = this.#box;
    if (!box || !this.#image) return null;
    const points = [...box.parts].sort(([a], [b]) => a - b).map(([, point]) => point);
    if (points.length !== 0 && points.length !== landmarkCount) return `${this.#here}: ${points.length} parts of ${landmarkCount}`;
    this.#image.faces.push({ boxPx: box.boxPx, pointsPx: points.length > 0 ? points : null, ignored: box.ignored });
    this.#box = null;
    return null;
  }

  get #here(): string {
    return `${this.#image?.file ?? ''}: box ${(this.#image?.faces.length ?? 0) + 1}`;
  }
}

/** NaN where the attribute is missing or no number. */
function numberOf(attributes: Attributes, name: string): number {
  const text = attributes.get(name)?.trim() ?? '';
  return text === '' ? NaN : Number(text);
}
