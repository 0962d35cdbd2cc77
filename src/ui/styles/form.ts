import { css } from 'lit';

/** Forms and their buttons on the reading pages, over `page` and `field`. */
export const form = css`
  form,
  .stack {
    display: grid;
    gap: var(--gap-4);
  }
  .padded {
    padding: var(--gap-4);
  }
  .lead {
    color: var(--text-2);
    text-wrap: pretty;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-3);
  }
  .actions .button {
    flex: 1 1 max-content;
    min-inline-size: min(160px, 100%);
  }
  .button.danger {
    border-color: var(--danger);
    color: var(--danger);
  }
  .labelled {
    display: grid;
    gap: 6px;
    font-weight: 500;
  }
  .tick {
    display: flex;
    align-items: flex-start;
    gap: var(--gap-3);
    min-block-size: var(--target);
    padding-block: var(--gap-2);
    cursor: pointer;
  }
  .tick input {
    flex: none;
    inline-size: 28px;
    block-size: 28px;
    margin: 0;
    accent-color: var(--accent-text);
  }
`;
