import { parseDocument } from 'yaml';
import { readText } from './bounded-text.ts';
import { ImportError } from './import-failure.ts';
import { importLimits } from './import-limits.ts';
import { plainReason } from './plain-reason.ts';

/** Spaces before a line's text, at most; block nests have no brackets to count. */
const maxIndent = 2 * importLimits.depth;
/** Opening brackets in all: where YAML's quotes begin and end is its parser's secret, so they are not looked at. */
const maxOpeners = 500;

/**
 * YAML from a stranger: bounded in size and depth, no aliases (a few lines of them can stand for billions of items), no
 * tags, one document. Mappings come as Map, so that no key means more than itself.
 *
 * @throws ImportError `too-large` or `yaml-invalid`
 */
export function readYaml(bytes: Uint8Array, what: string): unknown {
  return parseYaml(readText(bytes, what, importLimits.yamlBytes, 'yaml-invalid'), what);
}

/** The same for a text that is here already; a Python literal such as `{0: 'person'}` is read too. */
export function parseYaml(text: string, what: string): unknown {
  if (text.length > importLimits.yamlBytes) throw new ImportError('too-large', `${what}: longer than ${importLimits.yamlBytes}`);
  const tooDeep = countOpeners(text) > maxOpeners || text.split('\n').some((line) => (/^[ \-?:]*/.exec(line)?.[0].length ?? 0) > maxIndent);
  if (tooDeep) throw new ImportError('yaml-invalid', `${what}: nested too deep`);
  try {
    // Whether keys are unique is not asked: it takes the square of their number.
    const document = parseDocument(text, { schema: 'core', merge: false, uniqueKeys: false, prettyErrors: false, logLevel: 'error' });
    const [problem] = document.errors;
    if (problem) throw problem;
    return document.toJS({ maxAliasCount: 0, mapAsMap: true });
  } catch (thrown) {
    throw new ImportError('yaml-invalid', `${what}: ${plainReason(thrown).slice(0, 200)}`);
  }
}

function countOpeners(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const letter = text.charCodeAt(i);
    if (letter === 91 || letter === 123) count++;
  }
  return count;
}
