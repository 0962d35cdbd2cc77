import { generate } from 'lean-qr';

/** Modules of light margin that the QR standard asks for on every side. */
const marginModules = 4;

/** Black on white whatever the terminal's own colours are: some phones cannot read an inverted code. */
const blackOnWhite = '\u001b[38;5;16;48;5;231m';
const plain = '\u001b[0m';

/**
 * A QR code as lines of text, two modules high each (half blocks).
 *
 * @param coloured whether the terminal knows colours; without them light modules are drawn, for dark terminals
 */
export function qrLines(text: string, coloured: boolean): string[] {
  const code = generate(text);
  const rows = range(-marginModules, code.size + marginModules);
  return rows
    .filter((_, at) => at % 2 === 0)
    .map((y) => {
      const line = rows.map((x) => halfBlock(code.get(x, y) === coloured, code.get(x, y + 1) === coloured)).join('');
      return coloured ? `${blackOnWhite}${line}${plain}` : line;
    });
}

function halfBlock(top: boolean, bottom: boolean): string {
  if (top) return bottom ? '█' : '▀';
  return bottom ? '▄' : ' ';
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}
