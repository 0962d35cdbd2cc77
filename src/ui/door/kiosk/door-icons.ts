import { svg } from 'lit';
import type { SVGTemplateResult } from 'lit';

/** Signs that are read from two metres away: 48-unit grid, 4-unit round strokes in the text colour. The word beside it has the name. */
function sign(shapes: SVGTemplateResult): SVGTemplateResult {
  return svg`<svg viewBox="0 0 48 48" aria-hidden="true" focusable="false" fill="none" stroke="currentColor"
    stroke-width="4" stroke-linecap="round" stroke-linejoin="round">${shapes}</svg>`;
}

export const lookSign = sign(svg`<path d="M4 24s7.5-13 20-13 20 13 20 13-7.5 13-20 13S4 24 4 24z"/><circle cx="24" cy="24" r="6"/>`);
export const welcomeSign = sign(svg`<circle cx="24" cy="24" r="19"/><path d="m15 25 6.5 6.5L33.5 18"/>`);
export const againSign = sign(svg`<path d="M40 24a16 16 0 1 1-4.7-11.3L40 17"/><path d="M40 7v10H30"/>`);
export const pinSign = sign(
  svg`<g fill="currentColor" stroke="none"><circle cx="12" cy="9" r="4"/><circle cx="24" cy="9" r="4"/><circle cx="36" cy="9" r="4"/><circle cx="12" cy="20" r="4"/><circle cx="24" cy="20" r="4"/><circle cx="36" cy="20" r="4"/><circle cx="12" cy="31" r="4"/><circle cx="24" cy="31" r="4"/><circle cx="36" cy="31" r="4"/><circle cx="24" cy="42" r="4"/></g>`,
);
export const lockedSign = sign(svg`<rect x="9" y="21" width="30" height="22" rx="4"/><path d="M15 21v-5a9 9 0 0 1 18 0v5M24 30v4"/>`);
export const outSign = sign(svg`<circle cx="24" cy="24" r="19"/><path d="M11 11l26 26"/>`);
export const pauseSign = sign(svg`<circle cx="24" cy="24" r="19"/><path d="M19 17v14M29 17v14"/>`);
export const oneSign = sign(svg`<circle cx="24" cy="14" r="8"/><path d="M8 43c0-9 7-15 16-15s16 6 16 15"/>`);
export const nameSign = sign(svg`<path d="M6 12h36M6 24h24M6 36h30"/>`);
export const keyboardSign = sign(svg`<rect x="4" y="11" width="40" height="26" rx="4"/><path d="M12 19h.1M20 19h.1M28 19h.1M36 19h.1M15 29h18"/>`);
export const cardSign = sign(svg`<path d="M6 16V6h10M32 6h10v10M42 32v10H32M16 42H6V32"/><path d="M17 17h5v5h-5zM30 17h.1M17 30h.1M27 27h4v4M34 27v7h-7"/>`);
export const backspaceSign = sign(svg`<path d="M16 10h24a3 3 0 0 1 3 3v22a3 3 0 0 1-3 3H16L4 24z"/><path d="m22 18 12 12M34 18 22 30"/>`);
export const enterSign = sign(svg`<path d="m9 25 10 10 20-22"/>`);
export const lowerSign = sign(svg`<path d="M24 6v24M13 20l11 11 11-11M8 42h32"/>`);
export const raiseSign = sign(svg`<path d="M24 34V10M13 20 24 9l11 11M8 42h32"/>`);
export const soundOnSign = sign(svg`<path d="M6 18v12h8l11 9V9L14 18zM33 17a10 10 0 0 1 0 14M38 11a18 18 0 0 1 0 26"/>`);
export const soundOffSign = sign(svg`<path d="M6 18v12h8l11 9V9L14 18zM33 19l10 10M43 19 33 29"/>`);
export const textSizeSign = sign(svg`<path d="M3 38 14 10l11 28M7 29h14M28 38l8-19 8 19M31 32h10"/>`);
export const languageSign = sign(svg`<circle cx="24" cy="24" r="19"/><path d="M5 24h38M24 5c6 6 8 12 8 19s-2 13-8 19c-6-6-8-12-8-19s2-13 8-19z"/>`);
export const otherWaySign = sign(svg`<path d="M8 32c0-9 6-14 14-14h18"/><path d="m31 8 10 10-10 10"/>`);
export const doorClosedSign = sign(svg`<rect x="13" y="5" width="22" height="38" rx="2"/><path d="M6 43h36M28 25v.1"/>`);
export const doorOpenSign = sign(svg`<path d="M13 43V6l15-2v40l-15-3M28 8h7v35M6 43h7M28 43h14M22 24v.1"/>`);
