import { css, svg } from 'lit';
import type { SVGTemplateResult } from 'lit';
import type { ChallengeName } from '../../../faces/index.ts';

/** A face that shows the move which is asked for. Its head turns as the mirror shows it: to the person's own left is left. */
const head = svg`<path d="M48 8c20 0 31 14 31 36 0 24-13 44-31 44S17 68 17 44C17 22 28 8 48 8z"/>`;
const eyes = svg`<g class="eyes" fill="currentColor" stroke="none"><ellipse cx="36" cy="42" rx="4" ry="5"/><ellipse cx="60" cy="42" rx="4" ry="5"/></g>`;
const mouth = svg`<path d="M39 69h18"/>`;
const nose = svg`<path d="M48 46v10"/>`;

const moves: Readonly<Record<ChallengeName, SVGTemplateResult>> = {
  blink: svg`${head}${eyes}<g class="lids"><path d="M30 43c4 4 8 4 12 0M54 43c4 4 8 4 12 0"/></g>${nose}${mouth}`,
  'turn-left': svg`${head}<g class="features left">${eyes}${nose}${mouth}</g><path class="arrow" d="M24 103h48M34 94l-10 9 10 9"/>`,
  'turn-right': svg`${head}<g class="features right">${eyes}${nose}${mouth}</g><path class="arrow" d="M24 103h48M62 94l10 9-10 9"/>`,
  nod: svg`${head}<g class="features nod">${eyes}${nose}${mouth}</g><path class="arrow" d="M104 28v44M96 62l8 10 8-10M96 38l8-10 8 10"/>`,
  smile: svg`${head}${eyes}${nose}<path class="grin" d="M33 64c7 11 23 11 30 0"/>`,
};

/** Room around the head where an arrow stands. */
const views: Readonly<Record<ChallengeName, string>> = {
  blink: '0 0 96 96',
  'turn-left': '-8 0 112 116',
  'turn-right': '-8 0 112 116',
  nod: '0 -4 120 104',
  smile: '0 0 96 96',
};

export function challengePictogram(name: ChallengeName): SVGTemplateResult {
  return svg`<svg class="pictogram ${name}" viewBox=${views[name]} aria-hidden="true" focusable="false" fill="none"
    stroke="currentColor" stroke-width="5" stroke-linecap="round" stroke-linejoin="round">${moves[name]}</svg>`;
}

/** The moves, slow and below three changes a second; still for whoever wants no motion: then the move's end is shown. */
export const pictogramStyles = css`
  .pictogram .lids {
    opacity: 0;
  }
  .features.left {
    transform: translateX(-9px);
  }
  .features.right {
    transform: translateX(9px);
  }
  .features.nod {
    transform: translateY(7px);
  }
  @media (prefers-reduced-motion: reduce) {
    .blink .eyes {
      opacity: 0;
    }
    .blink .lids {
      opacity: 1;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .blink .eyes {
      animation: eyes-open 2.4s infinite;
    }
    .blink .lids {
      animation: eyes-shut 2.4s infinite;
    }
    .features.left {
      animation: left 2.4s var(--ease) infinite;
    }
    .features.right {
      animation: right 2.4s var(--ease) infinite;
    }
    .features.nod {
      animation: nod 2.4s var(--ease) infinite;
    }
    .grin {
      animation: grin 2.4s var(--ease) infinite;
    }
  }
  @keyframes eyes-open {
    0%,
    55%,
    76%,
    100% {
      opacity: 1;
    }
    56%,
    75% {
      opacity: 0;
    }
  }
  @keyframes eyes-shut {
    0%,
    55%,
    76%,
    100% {
      opacity: 0;
    }
    56%,
    75% {
      opacity: 1;
    }
  }
  @keyframes left {
    0%,
    20%,
    100% {
      transform: none;
    }
    50%,
    70% {
      transform: translateX(-12px);
    }
  }
  @keyframes right {
    0%,
    20%,
    100% {
      transform: none;
    }
    50%,
    70% {
      transform: translateX(12px);
    }
  }
  @keyframes nod {
    0%,
    20%,
    100% {
      transform: none;
    }
    50%,
    70% {
      transform: translateY(12px);
    }
  }
  @keyframes grin {
    0%,
    20%,
    100% {
      transform: translateY(30px) scaleY(0.5);
    }
    50%,
    70% {
      transform: none;
    }
  }
`;
