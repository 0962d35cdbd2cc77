import { css } from 'lit';

/** The head of a sheet or a dialog: its name, and the button that closes it at the thumb's side. */
export const sheetHeader = css`
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--gap-3);
    min-block-size: var(--target);
  }
  header h2 {
    font-size: 1.125rem;
    letter-spacing: -0.01em;
  }
  .close {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: var(--target);
    block-size: var(--target);
    margin-inline: auto -12px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: transparent;
    cursor: pointer;
  }
`;
