import { css } from 'lit';
import { form } from '../styles/form.ts';

/** What the pages of people share, over `page`. */
export const peopleStyles = [
  form,
  css`
    .labelled .hint {
      margin-block-start: 2px;
    }
    .actions .button {
      flex-basis: max-content;
    }
    .said {
      margin-block-end: var(--gap-4);
    }
    .danger-zone {
      border-color: color-mix(in srgb, var(--danger) 50%, var(--line));
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
  `,
];
