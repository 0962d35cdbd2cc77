import { css } from 'lit';

/** The look of what opens and closes inside of a card. */
export const disclosure = css`
  summary {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--gap-3);
    min-block-size: var(--target);
    padding-inline: var(--gap-4) var(--gap-5);
    border-radius: var(--radius-s);
    color: var(--text-2);
    font-weight: 600;
    cursor: pointer;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary::after {
    content: '';
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border: solid currentColor;
    border-width: 0 2px 2px 0;
    transform: translateY(-2px) rotate(45deg);
    transition: transform var(--quick) var(--ease);
  }
  details[open] > summary::after {
    transform: translateY(2px) rotate(225deg);
  }
  details {
    border-block-start: 1px solid var(--line);
  }
`;
