import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';

/** The beginning or the end of an element; one that is closed at once gives both. */
export type XmlEvent =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: ReadonlyMap<string, string> }
  | { readonly kind: 'close'; readonly name: string };

export type XmlFailure = Failure<'wrong-format'>;

const limits = { chars: 64 * 2 ** 20, depth: 16, attributes: 64 } as const;

/** A comment, an instruction, or a tag: its slash, name, attributes, slash. Quoted values may hold a `>`. */
const markup = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([A-Za-z_][\w.:-]{0,99})((?:[^<>"']|"[^"<]{0,4096}"|'[^'<]{0,4096}'){0,4096}?)(\/?)>/uy;
const attribute = /\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/uy;

const strangeEntity = /&(?!(?:lt|gt|amp|quot|apos|#x[0-9a-fA-F]{1,6}|#\d{1,7});)/u;
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * The elements of an XML text in their order; text between them is not looked at. For label files of strangers: there are
 * no entities but XML's own five and numbers, a document type declaration is refused, and length, depth and the number of
 * attributes are bounded.
 *
 * @param what begins the failure's detail, which names the line
 */
export function xmlElements(text: string, what: string): Result<readonly XmlEvent[], XmlFailure> {
  if (text.length > limits.chars) return err('wrong-format', `${what}: longer than ${limits.chars} characters`);
  const events: XmlEvent[] = [];
  const open: string[] = [];
  const wrong = (at: number, why: string): Result<never, XmlFailure> => err('wrong-format', `${what}: line ${text.slice(0, at).split('\n').length}: ${why}`);
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', markup.lastIndex)) {
    markup.lastIndex = at;
    const found = markup.exec(text);
    if (!found) return wrong(at, text.startsWith('<!', at) ? 'a declaration or CDATA is not taken' : 'this is no tag');
    const [, leadingSlash, name, rest = '', trailingSlash] = found;
    if (name === undefined) continue;
    if (leadingSlash) {
      if (open.pop() !== name || rest.trim() || trailingSlash) return wrong(at, `</${name}> closes nothing`);
      events.push({ kind: 'close', name });
      continue;
    }
    if (open.length >= limits.depth) return wrong(at, `more than ${limits.depth} elements inside one another`);
    const attributes = attributesOf(rest);
    if (!attributes) return wrong(at, `the attributes of <${name}> cannot be read`);
    events.push({ kind: 'open', name, attributes });
    if (trailingSlash) events.push({ kind: 'close', name });
    else open.push(name);
  }
  return open.length === 0 ? ok(events) : wrong(text.length, `<${open.at(-1) ?? ''}> is never closed`);
}

/** Null where something is left over, repeated, too much, or names an entity. */
function attributesOf(text: string): ReadonlyMap<string, string> | null {
  const attributes = new Map<string, string>();
  let end = 0;
  attribute.lastIndex = 0;
  for (let found = attribute.exec(text); found; found = attribute.exec(text)) {
    const [, name = '', inDouble, inSingle] = found;
    const value = unescaped(inDouble ?? inSingle ?? '');
    if (value === null || attributes.has(name) || attributes.size >= limits.attributes) return null;
    attributes.set(name, value);
    end = attribute.lastIndex;
  }
  return text.slice(end).trim() === '' ? attributes : null;
}

function unescaped(text: string): string | null {
  if (strangeEntity.test(text)) return null;
  return text.replace(/&([^;]+);/gu, (_, body: string) => named[body] ?? numbered(body));
}

/** U+FFFD where there is no such character. */
function numbered(body: string): string {
  const point = /^#x/iu.test(body) ? parseInt(body.slice(2), 16) : Number(body.slice(1));
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
}
