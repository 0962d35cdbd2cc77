import type { Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { DarknetFailure, SectionPlace } from './failure.ts';
import { limits } from './limits.ts';

export interface Option {
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

/** A section as written: names and texts, nothing understood yet. */
export interface CfgSection extends SectionPlace {
  readonly options: ReadonlyMap<string, Option>;
}

/**
 * Splits a `.cfg` into sections. Blanks do not count, `#` and `;` start a comment, and of an option given twice the
 * first counts, as in darknet. Ref: github.com/AlexeyAB/darknet, `src/parser.c` `read_cfg`, `src/option_list.c`.
 */
export function splitCfg(bytes: Uint8Array): Result<readonly CfgSection[], DarknetFailure> {
  if (bytes.byteLength > limits.cfgBytes) return err('cfg-too-large', `${bytes.byteLength} bytes; at most ${limits.cfgBytes} are read`);
  const sections: { readonly title: string; readonly line: number; readonly options: Map<string, Option> }[] = [];
  for (const [index, raw] of new TextDecoder().decode(bytes).split(/\r\n?|\n/).entries()) {
    const line = index + 1;
    const text = raw.replace(/[#;].*$/, '').replace(/\s+/g, '');
    if (text === '') continue;
    const title = /^\[([^[\]]+)\]$/.exec(text)?.[1];
    if (title !== undefined) {
      if (sections.length === limits.sections) return err('cfg-too-large', `line ${line}: more than ${limits.sections} sections`);
      sections.push({ title, line, options: new Map() });
      continue;
    }
    const equals = text.indexOf('=');
    if (equals < 1) return err('cfg-syntax', `line ${line}: neither a section, an option nor a comment: ${excerpt(text)}`);
    const section = sections.at(-1);
    if (!section) return err('cfg-syntax', `line ${line}: an option before the first section: ${excerpt(text)}`);
    const name = text.slice(0, equals);
    if (!section.options.has(name)) section.options.set(name, { value: text.slice(equals + 1), line });
  }
  return ok(sections);
}

/** Enough of a text from a file to know it again. */
export function excerpt(text: string): string {
  const printable = text.replace(/[^\x20-\x7e]/g, '?');
  return printable.length > 40 ? `${printable.slice(0, 40)}...` : printable;
}
