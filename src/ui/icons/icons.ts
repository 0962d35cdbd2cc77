import { svg } from 'lit';
import type { SVGTemplateResult } from 'lit';

/** One hand: 24-unit grid, 1.75-unit round strokes in the text colour. Icons are decoration; the control has the name. */
function icon(shapes: SVGTemplateResult): SVGTemplateResult {
  return svg`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" fill="none" stroke="currentColor"
    stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${shapes}</svg>`;
}

export const cameraIcon = icon(
  svg`<path d="M4 8.5A1.5 1.5 0 0 1 5.5 7H8l1.5-2.2h5L16 7h2.5A1.5 1.5 0 0 1 20 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5z"/><circle cx="12" cy="13" r="3.5"/>`,
);
export const pictureIcon = icon(
  svg`<rect x="3.5" y="4.5" width="17" height="15" rx="2.5"/><circle cx="8.7" cy="9.6" r="1.5"/><path d="m4 17 4.6-4.3 3.1 2.8 4.2-4.5L20.5 16"/>`,
);
export const flipIcon = icon(
  svg`<path d="M19.5 10.5A7.6 7.6 0 0 0 6 7.3L4 9.5M4 5v4.5h4.5M4.5 13.5A7.6 7.6 0 0 0 18 16.7l2-2.2M20 19v-4.5h-4.5"/>`,
);
export const torchIcon = icon(svg`<path d="M7.5 3.5h9v3L14.5 10v9a1.5 1.5 0 0 1-1.5 1.5h-2A1.5 1.5 0 0 1 9.5 19v-9l-2-3.5zM7.5 6.5h9M12 13v2"/>`);
export const pauseIcon = icon(svg`<path d="M8.5 5.5v13M15.5 5.5v13"/>`);
export const playIcon = icon(svg`<path d="M8 5.2v13.6L18.8 12z"/>`);
export const stopIcon = icon(svg`<rect x="6.5" y="6.5" width="11" height="11" rx="1.5"/>`);
export const slidersIcon = icon(
  svg`<path d="M4 8h8.5M17.5 8H20M4 16h2.5M11.5 16H20"/><circle cx="15" cy="8" r="2.5"/><circle cx="9" cy="16" r="2.5"/>`,
);
export const gearIcon = icon(
  svg`<circle cx="12" cy="12" r="2.9"/><path d="M10.4 3.5h3.2l.6 2.5 1.7 1 2.5-.7 1.6 2.8-1.9 1.8v2.2l1.9 1.8-1.6 2.8-2.5-.7-1.7 1-.6 2.5h-3.2l-.6-2.5-1.7-1-2.5.7L4 14.9l1.9-1.8v-2.2L4 9.1l1.6-2.8 2.5.7 1.7-1z"/>`,
);
export const closeIcon = icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`);
export const backIcon = icon(svg`<path d="M14.5 5.5 8 12l6.5 6.5"/>`);
export const checkIcon = icon(svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`);
export const warningIcon = icon(svg`<path d="M12 4 2.8 19.5h18.4zM12 10v4.5"/><path d="M12 17v.1"/>`);
export const infoIcon = icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8v.1"/>`);
export const downloadIcon = icon(svg`<path d="M12 4v11M7.5 11 12 15.5l4.5-4.5M5 19.5h14"/>`);
export const shareIcon = icon(svg`<path d="M12 15V4M8 7.5 12 3.5l4 4M7.5 11H6a1 1 0 0 0-1 1v7a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-7a1 1 0 0 0-1-1h-1.5"/>`);
export const shieldIcon = icon(svg`<path d="M12 3.5 5 6v5.5c0 4.2 2.9 7.3 7 9 4.1-1.7 7-4.8 7-9V6zM9 12l2.2 2.2L15.2 10"/>`);
export const offlineIcon = icon(svg`<path d="M7 18.5a4 4 0 0 1-.5-8 5.5 5.5 0 0 1 10.6-1A4.5 4.5 0 0 1 17 18.5zM9.5 13.8l1.8 1.8 3.2-3.4"/>`);
export const layersIcon = icon(svg`<path d="m12 4 8.5 4.5L12 13 3.5 8.5zM3.5 12.5 12 17l8.5-4.5M3.5 16 12 20.5 20.5 16"/>`);
export const pulseIcon = icon(svg`<path d="M3 12.5h4l2.5-7 4.5 13 2.5-6H21"/>`);
export const lockIcon = icon(svg`<rect x="5.5" y="10.5" width="13" height="9.5" rx="2"/><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/>`);
export const linkOutIcon = icon(svg`<path d="M9.5 5.5 16 12l-6.5 6.5"/>`);
export const addIcon = icon(svg`<path d="M12 5v14M5 12h14"/>`);
export const folderIcon = icon(svg`<path d="M3.5 7A1.5 1.5 0 0 1 5 5.5h4.2l2 2.5H19A1.5 1.5 0 0 1 20.5 9.5v8A1.5 1.5 0 0 1 19 19H5a1.5 1.5 0 0 1-1.5-1.5z"/>`);
export const compareIcon = icon(svg`<rect x="3.5" y="5" width="7" height="14" rx="1.5"/><rect x="13.5" y="5" width="7" height="14" rx="1.5"/>`);
