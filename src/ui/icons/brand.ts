import { svg } from 'lit';

/** The mark: a beam over a door whose posts are the corners of a detection box, and the eye between them. */
export const brandMark = svg`<svg viewBox="0 0 512 512" aria-hidden="true" focusable="false">
  <rect x="56" y="60" width="400" height="76" rx="20" fill="var(--amber)"/>
  <g fill="none" stroke="currentColor" stroke-width="46" stroke-linejoin="round">
    <path d="M124 166v72M388 166v72M124 336v100h92M388 336v100h-92"/>
  </g>
  <circle cx="256" cy="288" r="54" fill="var(--amber)"/>
</svg>`;
