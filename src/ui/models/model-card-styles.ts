import { css } from 'lit';

/** The look of a model in the list, shared by the kinds of models. */
export const modelCardStyles = css`
  .title {
    margin: 0;
    padding: 0;
    font-size: 1.125rem;
    color: var(--text-1);
    overflow-wrap: anywhere;
    outline: none;
  }
  .actions,
  form {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-2);
    padding: 0 var(--gap-4) var(--gap-4);
  }
  .actions p,
  .actions progress {
    flex: 1 1 100%;
  }
  dl .row {
    justify-content: start;
    align-items: baseline;
    min-block-size: 0;
    padding-block: 10px;
  }
  dl {
    border-block-start: 1px solid var(--line);
  }
  dt {
    flex: 0 0 110px;
    color: var(--text-2);
  }
  dd {
    flex: 1 1 180px;
    overflow-wrap: anywhere;
  }
  .badges {
    display: grid;
    gap: 2px;
    justify-items: end;
  }
  .name-field {
    flex: 1 1 200px;
  }
  @media (max-width: 430px) {
    .badges {
      justify-items: start;
    }
  }
  @media (max-width: 260px) {
    .actions,
    form {
      padding-inline: var(--gap-2);
    }
    .button {
      padding-inline: 10px;
    }
  }
`;
