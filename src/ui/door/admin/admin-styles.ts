import { css } from 'lit';

/** What the owner's pages share, over `page`. */
export const adminStyles = css`
  form,
  .stack {
    display: grid;
    gap: var(--gap-4);
  }
  .padded {
    padding: var(--gap-4);
  }
  .card.danger {
    border: 2px solid var(--danger);
  }
  .danger h2 {
    display: flex;
    align-items: center;
    gap: 10px;
    margin-block: 0 var(--gap-3);
    padding: 0;
    color: var(--danger);
    font-size: 1.25rem;
  }
  .plain {
    display: grid;
    gap: var(--gap-2);
    margin-block-end: var(--gap-4);
    padding-inline-start: 1.2em;
    list-style: disc;
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
    flex: 1 1 160px;
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
  fieldset {
    display: grid;
    gap: var(--gap-2);
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    margin-block-end: 6px;
    padding: 0;
    font-weight: 600;
  }
  textarea.field {
    min-block-size: 120px;
    resize: vertical;
  }
  .code {
    font-size: 1.375rem;
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.12em;
    text-transform: uppercase;
  }
  .said {
    min-block-size: 1.5em;
  }
  h2:focus-visible {
    outline: none;
    box-shadow: none;
  }
`;
