import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A package of which something ships with the app. */
export interface PackageNotice {
  readonly name: string;
  readonly version: string;
  /** SPDX expression of its package.json. */
  readonly licence: string;
  /** Its place in `texts`. */
  readonly text: number;
}

/** What `/notices.json` holds: the licences that the app shows. */
export interface Notices {
  readonly packages: readonly PackageNotice[];
  /** Each text once: many packages share one. */
  readonly texts: readonly string[];
}

/** Licences under which a package may ship: all allow it, in an app of any kind, when the notice comes along. */
export const allowedLicences: readonly string[] = ['MIT', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD', 'CC0-1.0'];

/** Example: `/a/node_modules/@lit/context/index.js` is a file of `@lit/context`; the innermost package counts. */
export function packageOf(path: string): string | null {
  const parts = path.replaceAll('\\', '/').split('/node_modules/');
  if (parts.length < 2) return null;
  const [first = '', second] = (parts.at(-1) ?? '').split('/');
  return first.startsWith('@') && second !== undefined ? `${first}/${second}` : first;
}

interface Manifest {
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
}

/**
 * The notices of packages, in the order of their names.
 *
 * @throws Error that names every package whose licence is not among those that may ship, or whose text is not to be had
 */
export async function noticesOf(packages: Iterable<string>, packagesRoot: string): Promise<Notices> {
  const names = [...new Set(packages)].sort();
  const read = await Promise.all(names.map((name) => readPackage(name, packagesRoot)));
  const apache = read.find(({ licence, text }) => licence === 'Apache-2.0' && text?.includes('Apache License'))?.text ?? null;
  const texts: string[] = [];
  const wrong: string[] = [];
  const notices = read.map(({ name, version, licence, holder, text: own }): PackageNotice => {
    const text = own ?? standardText(licence, holder, apache);
    if (!mayShip(licence)) wrong.push(`${name} ${version}: ${licence}`);
    if (text === null) wrong.push(`${name} ${version}: no text of ${licence}`);
    if (text !== null && !texts.includes(text)) texts.push(text);
    return { name, version, licence, text: texts.indexOf(text ?? '') };
  });
  if (wrong.length > 0) throw new Error(`packages with a licence that may not ship: ${wrong.join(', ')}; allowed: ${allowedLicences.join(', ')}`);
  return { packages: notices, texts };
}

async function readPackage(name: string, packagesRoot: string): Promise<{ name: string; version: string; licence: string; holder: string; text: string | null }> {
  const folder = join(packagesRoot, name);
  const { version, license, author } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
  const holder = (typeof author === 'string' ? author : author?.name) ?? `the authors of ${name}`;
  return { name, version, licence: license ?? 'none', holder: holder.replace(/\s*[<(].*$/, ''), text: await licenceText(folder) };
}

/** For a package that names its licence and brings no text. */
function standardText(licence: string, holder: string, apache: string | null): string | null {
  if (licence.startsWith('Apache-2.0')) return apache;
  return licence === 'MIT' ? `MIT License\n\nCopyright (c) ${holder}\n\n${mitTerms}` : null;
}

/** https://spdx.org/licenses/MIT.html, after the line that names the holder. */
const mitTerms = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** Whether an SPDX expression is of allowed licences: all of `A AND B`, one of `A OR B`. Nothing that mixes both is read. */
export function mayShip(expression: string): boolean {
  const plain = expression.replaceAll(/[()]/g, '');
  const isAllowed = (licence: string): boolean => allowedLicences.includes(licence.trim());
  return plain.includes(' OR ') && !plain.includes(' AND ') ? plain.split(' OR ').some(isAllowed) : plain.split(' AND ').every(isAllowed);
}

async function licenceText(folder: string): Promise<string | null> {
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|thirdpartynotices|copying)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8').catch(() => '')));
  const whole = texts.map((text) => text.replaceAll('\r\n', '\n').trim()).filter((text) => text !== '').join('\n\n');
  return whole === '' ? null : whole;
}
