import { mainFace } from '../../src/evaluation/index.ts';
import type { Result } from '../../src/base/index.ts';
import { err, ok } from '../../src/base/index.ts';
import type { Descriptor } from '../../src/faces/index.ts';
import type { FrameResult } from '../../src/pipeline/index.ts';
import type { AppPage } from './app-page.ts';
import { Progress, say } from './progress.ts';

/** A picture of one person, by a name. */
export interface PhotoToEmbed {
  readonly name: string;
  readonly path: string;
}

export type Embedded = Result<Descriptor>;

/** The descriptor of the main face of each picture, by name, each picture once. What has none is told on stderr. */
export async function embedImages(app: AppPage, photos: readonly PhotoToEmbed[]): Promise<ReadonlyMap<string, Embedded>> {
  const progress = new Progress(photos.length);
  const embedded = new Map<string, Embedded>();
  for (const [index, { name, path }] of photos.entries()) {
    const look = await app.look(path);
    const descriptor = look.ok ? mainDescriptor(look.value) : look;
    if (!descriptor.ok) say(`${name}: ${descriptor.failure.code}: ${descriptor.failure.detail}`);
    embedded.set(name, descriptor);
    progress.step(index + 1, name);
  }
  return embedded;
}

function mainDescriptor({ faces, faults }: FrameResult): Embedded {
  const [fault] = faults;
  if (fault) return err(fault.failure.code, fault.failure.detail);
  const found = faces.flatMap(({ box, evidence }) => (evidence?.descriptor ? [{ box, descriptor: evidence.descriptor }] : []));
  const main = found[mainFace(found.map(({ box }) => box)) ?? -1];
  return main ? ok(main.descriptor) : err('no-face', faces.length === 0 ? 'no face was found' : `${faces.length} faces, none with points to lay it out by`);
}
