import * as v from 'valibot';
import type { Failure, Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';

const schema = v.object({
  packages: v.array(v.object({ name: v.string(), version: v.string(), licence: v.string(), text: v.pipe(v.number(), v.integer(), v.minValue(0)) })),
  texts: v.array(v.string()),
});

/** A package of which something is in the app. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly licence: string;
  /** The whole text of the licence. */
  readonly text: string;
}

/** Reads the list that the build wrote beside the app. */
export async function readNotices(fetcher: typeof fetch = (...args) => fetch(...args)): Promise<Result<readonly ShippedPackage[], Failure<'notices'>>> {
  try {
    const response = await fetcher('/notices.json');
    if (!response.ok) return err('notices', `status ${response.status}`);
    const { packages, texts } = v.parse(schema, await response.json());
    return ok(packages.map(({ text, ...rest }) => ({ ...rest, text: texts[text] ?? '' })));
  } catch (thrown) {
    return err('notices', messageOf(thrown));
  }
}
