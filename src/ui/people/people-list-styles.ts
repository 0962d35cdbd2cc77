import { css } from 'lit';

/** The look of the list of people. */
export const peopleListStyles = css`
  .sealed {
    align-items: flex-start;
    margin-block-end: var(--gap-4);
  }
  .ways {
    margin-block: var(--gap-2) var(--gap-4);
  }
  .ways .button {
    flex: 1 1 auto;
    white-space: nowrap;
  }
  .search {
    margin-block-end: var(--gap-3);
  }
  .problem {
    margin-block-end: var(--gap-4);
  }
  .problem .actions {
    margin-block-start: var(--gap-2);
  }
  .empty {
    padding: var(--gap-5) var(--gap-4);
    border: 1px dashed var(--line-strong);
    border-radius: var(--radius-m);
    text-align: center;
  }
  .people li + li {
    border-block-start: 1px solid var(--line);
  }
  .person {
    flex-wrap: nowrap;
    justify-content: flex-start;
    inline-size: 100%;
    border: 0;
    border-radius: var(--radius-m);
    background: transparent;
    text-align: start;
    cursor: pointer;
  }
  .person:hover,
  a.row:hover {
    background: var(--surface-2);
  }
  .person .name {
    font-size: 1.0625rem;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .initial {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 44px;
    block-size: 44px;
    border-radius: 50%;
    background: var(--surface-2);
    color: var(--text-1);
    font-weight: 600;
    text-transform: uppercase;
  }
  .due {
    display: flex;
    align-items: flex-start;
    gap: 6px;
  }
  .due svg {
    inline-size: 20px;
    block-size: 20px;
  }
  .due.soon {
    color: var(--accent-text);
    font-weight: 500;
  }
  .due.over {
    color: var(--danger);
    font-weight: 500;
  }
  .more {
    margin-block-start: var(--gap-5);
    overflow: hidden;
  }
  a.row {
    color: inherit;
    text-decoration: none;
  }
  a.row:focus-visible {
    outline-offset: -3px;
  }
`;
