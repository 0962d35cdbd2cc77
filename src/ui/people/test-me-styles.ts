import { css } from 'lit';

/** The look of what a door would say. */
export const testMeStyles = css`
  .outcome {
    display: flex;
    align-items: flex-start;
    gap: var(--gap-3);
    border-inline-start-width: 6px;
  }
  .outcome strong {
    display: block;
    font-size: 1.25rem;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  .outcome p {
    color: var(--text-2);
    text-wrap: pretty;
  }
  .outcome .button {
    margin-block-start: var(--gap-3);
  }
  .outcome > svg {
    margin-block-start: 2px;
  }
  .outcome.known {
    border-inline-start-color: var(--good);
  }
  .outcome.known > svg {
    color: var(--good);
  }
  .outcome.doubt {
    border-inline-start-color: var(--accent);
  }
  .outcome.unknown > svg {
    color: var(--accent-text);
  }
  .said:empty {
    display: none;
  }
`;
