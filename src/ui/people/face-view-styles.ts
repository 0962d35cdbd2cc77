import { css } from 'lit';

/** The look of the picture with its oval: dark in both themes, as everywhere over a picture. */
export const faceViewStyles = css`
  :host {
    display: grid;
    gap: var(--gap-3);
  }
  :host([paused]) {
    display: none;
  }
  .frame {
    position: relative;
    inline-size: 100%;
    block-size: min(60dvh, 560px);
    min-block-size: 320px;
    overflow: hidden;
    border-radius: var(--radius-l);
    background: var(--ink);
    color: var(--on-glass);
  }
  /* On a wide screen, what is said under the picture is seen without scrolling. */
  @media (min-width: 700px) {
    .frame {
      block-size: min(50dvh, 560px);
    }
  }
  .picture,
  .picture > *,
  .oval {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
  }
  .picture > * {
    object-fit: cover;
  }
  .whole .picture > * {
    object-fit: contain;
  }
  .mirrored .picture > * {
    transform: scaleX(-1);
  }
  .veil {
    fill: rgb(14 17 22 / 0.6);
  }
  .ring,
  .done {
    fill: none;
    stroke-width: 4;
    vector-effect: non-scaling-stroke;
  }
  .ring {
    stroke: rgb(255 255 255 / 0.75);
  }
  .done {
    stroke: var(--amber);
    stroke-width: 7;
    transition: stroke-dasharray var(--calm) var(--ease);
  }
  .done.good {
    stroke: #7bd3a4;
  }
  .line {
    position: absolute;
    inset-block-end: var(--gap-3);
    inset-inline: var(--gap-3);
    padding: var(--gap-2) var(--gap-4);
    border-radius: var(--radius-m);
    background: var(--glass-solid);
    font-size: 1.25rem;
    font-weight: 600;
    line-height: 1.3;
    text-align: center;
    text-wrap: balance;
  }
  .line:empty {
    display: none;
  }
  .line.good {
    color: #7bd3a4;
  }
  .line.bad {
    inset-block: var(--gap-3) auto;
    color: #ff9a8f;
    font-size: 1rem;
  }
  .failed {
    position: absolute;
    inset: 0;
    display: grid;
    align-content: safe center;
    justify-items: start;
    gap: var(--gap-2);
    padding: var(--gap-5);
    overflow: auto;
    background: var(--ink);
    --text-1: #f3f1ec;
    --line-strong: #7d8694;
    --focus: #ffffff;
    --focus-gap: #0e1116;
  }
  .failed > svg {
    color: var(--amber);
  }
  .failed h2 {
    font-size: 1.25rem;
    line-height: 1.25;
  }
  .failed p,
  .failed ol {
    color: #b9bfc9;
  }
  .failed ol {
    margin: 0;
    padding-inline-start: 1.4em;
  }
  .failed .button {
    margin-block-start: var(--gap-3);
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gap-2) var(--gap-4);
  }
  .tools .switch {
    margin-inline-start: auto;
  }
  @media (forced-colors: active) {
    .line {
      border: 1px solid CanvasText;
    }
  }
`;
