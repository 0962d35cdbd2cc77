import { parseDocument } from 'yaml';
import { messageOf } from '../../base/index.ts';
import { bracketDepth, readText } from './bounded-text.ts';
import { ImportError } from './import-failure.ts';
import { importLimits } from './import-limits.ts';

/** Spaces before a line's text, at most; block nests have no brackets to count. */
const maxIndent = 2 * importLimits.depth;

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
  const tooDeep = bracketDepth(text) > importLimits.depth || text.split('\n').some((line) => line.search(/[^ \-?:]/) > maxIndent);
  if (tooDeep) throw new ImportError('yaml-invalid', `${what}: nested deeper than ${importLimits.depth}`);
  try {
    const document = parseDocument(text, { schema: 'core', merge: false, prettyErrors: false, logLevel: 'silent', stringKeys: false });
    const [problem] = document.errors;
    if (problem) throw problem;
    return document.toJS({ maxAliasCount: 0, mapAsMap: true });
  } catch (thrown) {
    throw new ImportError('yaml-invalid', `${what}: ${messageOf(thrown).slice(0, 200)}`);
  }
}
