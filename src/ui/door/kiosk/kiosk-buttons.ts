import { css } from 'lit';

/** Buttons for an arm's length: 72 px, words of 22. On the dark ground of the door's screen. */
export const kioskButtons = css`
  .big {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 14px;
    min-block-size: 72px;
    padding: 10px 26px;
    border: 1px solid rgb(255 255 255 / 0.28);
    border-radius: 22px;
    background: rgb(255 255 255 / 0.1);
    color: inherit;
    font-size: 1.375rem;
    font-weight: 600;
    line-height: 1.2;
    cursor: pointer;
    transition:
      background var(--quick) var(--ease),
      transform var(--quick) var(--ease);
  }
  .big:active {
    background: rgb(255 255 255 / 0.28);
    transform: scale(0.98);
  }
  .big.primary {
    border-color: transparent;
    background: #f3f1ec;
    color: var(--ink);
  }
  .big.quiet {
    border-color: transparent;
    background: transparent;
  }
  .big svg {
    inline-size: 34px;
    block-size: 34px;
  }
  .tool {
    display: inline-grid;
    align-content: center;
    justify-items: center;
    gap: 3px;
    inline-size: 92px;
    min-block-size: 68px;
    padding: 6px 4px;
    border: 1px solid transparent;
    border-radius: 18px;
    background: transparent;
    color: inherit;
    font-size: 0.875rem;
    font-weight: 550;
    line-height: 1.15;
    cursor: pointer;
  }
  .tool svg {
    inline-size: 30px;
    block-size: 30px;
  }
  .tool[aria-pressed='true'] {
    border-color: currentColor;
    background: rgb(255 255 255 / 0.12);
  }
  @media (forced-colors: active) {
    .big,
    .tool {
      border: 2px solid ButtonText;
    }
    .big.primary,
    .tool[aria-pressed='true'] {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
`;
