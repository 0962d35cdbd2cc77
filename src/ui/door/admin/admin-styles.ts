import { css } from 'lit';
import { form } from '../../styles/form.ts';

/** What the owner's pages share, over `page`. */
export const adminStyles = [
  form,
  css`
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
    .said:empty {
      /* Takes no room among its neighbours, and is there for screen readers all the same. */
      position: absolute;
    }
    h2:focus-visible {
      outline: none;
      box-shadow: none;
    }
  `,
];
