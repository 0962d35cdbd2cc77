import { css } from 'lit';

/** Controls on dark glass over the picture. */
export const glassControls = css`
  .round {
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: var(--target);
    block-size: var(--target);
    padding: 0;
    border: 1px solid var(--glass-line);
    border-radius: 50%;
    background: var(--glass);
    color: var(--on-glass);
    text-decoration: none;
    cursor: pointer;
    backdrop-filter: blur(14px) saturate(1.3);
    transition:
      background var(--quick) var(--ease),
      transform var(--quick) var(--ease);
  }
  .round:hover {
    background: var(--glass-solid);
  }
  .round:active {
    transform: scale(0.94);
  }
  .round:disabled {
    opacity: 0.45;
    cursor: default;
  }
  .round[aria-pressed='true'],
  .round[aria-expanded='true'] {
    background: var(--amber);
    border-color: var(--amber);
    color: #1b1406;
  }
  @media (forced-colors: active) {
    .round {
      border: 2px solid ButtonText;
    }
    .round[aria-pressed='true'],
    .round[aria-expanded='true'] {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
`;
