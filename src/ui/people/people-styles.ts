import { css } from 'lit';

/** What the pages of people share, over `page`. */
export const peopleStyles = css`
  form,
  .stack {
    display: grid;
    gap: var(--gap-4);
  }
  .card.padded {
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
    flex: 1 1 160px;
  }
  .labelled {
    display: grid;
    gap: 6px;
    font-weight: 500;
  }
  .labelled .hint {
    margin-block-start: 2px;
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
  .said {
    margin-block-end: var(--gap-4);
  }
  .danger-zone {
    border-color: color-mix(in srgb, var(--danger) 50%, var(--line));
  }
  .button.danger {
    border-color: var(--danger);
    color: var(--danger);
  }
  [role='alert']:focus,
  h2:focus {
    outline: none;
  }
  .faces {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-3);
  }
  .problem {
    display: flex;
    gap: var(--gap-3);
    padding: var(--gap-3) var(--gap-4);
    border: 1px solid color-mix(in srgb, var(--danger) 50%, var(--line));
    border-radius: var(--radius-m);
    background: var(--surface-1);
  }
  .problem > svg {
    color: var(--danger);
    margin-block-start: 2px;
  }
  .problem strong {
    display: block;
  }
  .problem p {
    color: var(--text-2);
  }
`;
