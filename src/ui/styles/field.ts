import { css } from 'lit';

/** The look of what a person types into. */
export const field = css`
  .field {
    min-inline-size: 0;
    min-block-size: var(--target);
    padding: 8px 14px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-s);
    background: var(--surface-1);
    color: inherit;
    font: inherit;
  }
`;
