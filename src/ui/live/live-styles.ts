import { css } from 'lit';

/** Layout of the live view: a phone upright, a phone sideways, a wide screen with the panel beside the picture. */
export const liveStyles = css`
  :host {
    display: block;
    block-size: 100%;
    background: var(--ink);
  }
  .frame {
    position: relative;
    display: grid;
    block-size: 100%;
    overflow: hidden;
  }
  .stage,
  .waiting {
    --focus: #ffffff;
    --focus-gap: #0e1116;
    --range-track: rgb(255 255 255 / 0.45);
    color: var(--on-glass);
  }
  .stage {
    position: relative;
    display: grid;
    grid-template-rows: auto 1fr auto;
    min-inline-size: 0;
    min-block-size: 0;
    overflow: hidden;
  }
  lintel-stage {
    grid-area: 1 / 1 / -1 / -1;
  }
  .top {
    grid-area: 1 / 1;
    z-index: 1;
    display: flex;
    align-items: flex-start;
    justify-content: space-between;
    gap: var(--gap-3);
    padding: calc(var(--gap-3) + var(--inset-top)) calc(var(--gap-3) + var(--inset-right)) var(--gap-2) calc(var(--gap-3) + var(--inset-left));
  }
  .status {
    display: grid;
    gap: var(--gap-2);
    min-inline-size: 0;
  }
  .loading {
    inline-size: fit-content;
    max-inline-size: 100%;
    padding: 9px 14px;
    border: 1px solid var(--glass-line);
    border-radius: var(--radius-m);
    background: var(--glass-solid);
    font-size: 0.9375rem;
  }
  .loading progress {
    appearance: none;
    display: block;
    inline-size: min(240px, 100%);
    block-size: 4px;
    margin-block-start: 8px;
    border: 0;
    border-radius: 2px;
    overflow: hidden;
    background: rgb(255 255 255 / 0.25);
  }
  .loading progress::-webkit-progress-bar {
    background: transparent;
  }
  .loading progress::-webkit-progress-value {
    background: var(--amber);
    transition: inline-size var(--calm) var(--ease);
  }
  .loading progress::-moz-progress-bar {
    background: var(--amber);
  }
  .dock {
    grid-area: 3 / 1;
    z-index: 1;
    display: grid;
    gap: var(--gap-3);
    padding: var(--gap-2) calc(var(--gap-4) + var(--inset-right)) calc(var(--gap-4) + var(--inset-bottom)) calc(var(--gap-4) + var(--inset-left));
  }
  lintel-counts {
    justify-content: center;
  }

  .panel {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 0;
    z-index: 3;
    max-block-size: min(78%, 560px);
    padding: var(--gap-2) calc(var(--gap-5) + var(--inset-right)) calc(var(--gap-4) + var(--inset-bottom)) calc(var(--gap-5) + var(--inset-left));
    border-start-start-radius: var(--radius-l);
    border-start-end-radius: var(--radius-l);
    background: var(--surface-1);
    box-shadow: 0 -12px 44px rgb(0 0 0 / 0.4);
    overflow: auto;
    overscroll-behavior: contain;
    visibility: hidden;
    transform: translateY(24px);
    opacity: 0;
    transition:
      transform var(--calm) var(--ease),
      opacity var(--quick) var(--ease),
      visibility 0s linear var(--calm);
  }
  .panel.open {
    visibility: visible;
    transform: none;
    opacity: 1;
    transition-delay: 0s;
  }
  /* What is seen is read together with the picture. */
  .panel:has(lintel-side-panel[shows='facts']) {
    max-block-size: min(46%, 400px);
  }

  lintel-notices {
    position: absolute;
    inset-inline: calc(var(--gap-3) + var(--inset-left)) calc(var(--gap-3) + var(--inset-right));
    /* Under the status line, however many lines it takes. */
    inset-block-start: max(calc(84px + var(--inset-top)), var(--below-status, 0px));
    z-index: 2;
    max-inline-size: 460px;
    margin-inline: auto;
  }
  .drop-here {
    position: absolute;
    inset: 12px;
    z-index: 5;
    display: grid;
    place-items: center;
    border: 3px dashed var(--amber);
    border-radius: var(--radius-l);
    background: rgb(14 17 22 / 0.82);
    font-size: 1.25rem;
    font-weight: 600;
    pointer-events: none;
  }
  .waiting {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: var(--gap-2);
    padding: var(--gap-5);
    text-align: center;
    font-size: 1.125rem;
    --text-1: #f3f1ec;
    --surface-2: #232932;
    --line-strong: #7d8694;
  }
  .waiting .hint {
    color: var(--on-glass-2);
    font-size: 1rem;
  }
  .waiting .button {
    margin-block-start: var(--gap-4);
  }
  .pulse {
    inline-size: 20px;
    block-size: 20px;
    margin-block-end: var(--gap-3);
    border-radius: 50%;
    background: var(--amber);
    animation: breathe 1.6s ease-in-out infinite;
  }
  @keyframes breathe {
    50% {
      transform: scale(0.6);
      opacity: 0.55;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .pulse {
      animation: none;
    }
  }

  @media (orientation: landscape) and (max-height: 520px) {
    .stage {
      grid-template: auto 1fr / 1fr auto;
    }
    .top {
      grid-area: 1 / 1;
      padding-inline-end: var(--gap-2);
    }
    .dock {
      grid-area: 1 / 2 / -1 / 3;
      grid-template-rows: 1fr;
      padding: calc(var(--gap-3) + var(--inset-top)) calc(var(--gap-3) + var(--inset-right)) calc(var(--gap-3) + var(--inset-bottom)) var(--gap-2);
    }
    lintel-counts,
    lintel-camera-tools {
      position: absolute;
      inset-inline-start: calc(var(--gap-3) + var(--inset-left));
      inset-block-end: calc(var(--gap-3) + var(--inset-bottom));
      max-inline-size: calc(100% - 140px);
      justify-content: start;
    }
    lintel-camera-tools {
      inset-block-end: calc(60px + var(--inset-bottom));
      inline-size: 320px;
    }
    .panel,
    .panel:has(lintel-side-panel[shows='facts']) {
      inset-block: 0;
      inset-inline: auto 0;
      inline-size: min(380px, 62%);
      max-block-size: none;
      border-radius: var(--radius-l) 0 0 var(--radius-l);
      padding-inline-start: var(--gap-5);
    }
    lintel-notices {
      inset-block-start: var(--gap-3);
    }
  }

  @media (min-width: 900px) and (min-height: 521px) {
    .frame.with-picture {
      grid-template-columns: 1fr 340px;
    }
    .panel,
    .panel.open,
    .panel:has(lintel-side-panel[shows='facts']) {
      position: static;
      visibility: visible;
      max-block-size: none;
      padding: var(--gap-4) var(--gap-5);
      border-radius: 0;
      border-inline-start: 1px solid var(--line);
      box-shadow: none;
      opacity: 1;
      transform: none;
      transition: none;
    }
    .with-picture lintel-notices {
      inset-inline-end: calc(340px + var(--gap-4));
    }
    .top {
      padding: var(--gap-4);
    }
    .dock {
      padding-block-end: var(--gap-5);
    }
  }
`;
