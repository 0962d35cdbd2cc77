import { generate } from 'lean-qr';
import type { SVGTemplateResult } from 'lit';
import { svg } from 'lit';

/** Light cells around the code, without which readers do not find it. */
const margin = 4;

/** A text as a square code, dark on light whatever the theme: 1 unit per cell. */
export function qrDrawing(text: string): SVGTemplateResult {
  const code = generate(text);
  const side = code.size + 2 * margin;
  let path = '';
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) if (code.get(x, y)) path += `M${x + margin} ${y + margin}h1v1h-1z`;
  }
  return svg`<svg class="qr" viewBox=${`0 0 ${side} ${side}`} shape-rendering="crispEdges" aria-hidden="true" focusable="false">
    <path fill="#ffffff" d=${`M0 0h${side}v${side}h-${side}z`} /><path fill="#000000" d=${path} />
  </svg>`;
}
