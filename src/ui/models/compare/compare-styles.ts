import { css } from 'lit';

/** Two stages beside each other on a wide screen, below each other on a narrow one. */
export const compareStyles = css`
  .pair {
    display: grid;
    gap: var(--gap-3);
  }
  @media (min-width: 600px) {
    .pair {
      grid-template-columns: 1fr 1fr;
    }
  }
  .side {
    display: grid;
    overflow: hidden;
  }
  .side .select {
    inline-size: calc(100% - 2 * var(--gap-3));
    margin: var(--gap-3);
  }
  .side .hint {
    padding: var(--gap-2) var(--gap-4) var(--gap-3);
  }
  lintel-stage {
    block-size: clamp(180px, 30dvh, 280px);
  }
  .said {
    margin-block-start: var(--gap-3);
  }
  .row progress {
    flex: 1 1 100%;
  }
  .card.row,
  .results {
    margin-block-start: var(--gap-4);
  }
  .results {
    overflow-x: auto;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    table-layout: fixed;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: var(--gap-3) var(--gap-4);
    text-align: start;
    font-weight: 400;
    overflow-wrap: anywhere;
  }
  thead th {
    font-weight: 600;
  }
  tr > :first-child {
    inline-size: 30%;
  }
  @media (max-width: 430px) {
    th,
    td {
      padding-inline: var(--gap-2);
    }
    tr > :first-child {
      padding-inline-start: var(--gap-4);
    }
    thead th {
      font-size: 0.875rem;
    }
  }
  tbody tr {
    border-block-start: 1px solid var(--line);
  }
  tbody th {
    color: var(--text-2);
  }
  .zone {
    margin-block-start: var(--gap-5);
    padding: var(--gap-4);
    border: 2px dashed var(--line-strong);
    border-radius: var(--radius-m);
  }
  .zone h2 {
    margin: 0 0 var(--gap-1);
    padding: 0;
    font-size: 1.125rem;
    color: var(--text-1);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-2);
    margin-block-start: var(--gap-3);
  }
  .hint.live {
    margin-block-start: var(--gap-3);
  }
  .button {
    padding-inline: 16px;
  }
`;
