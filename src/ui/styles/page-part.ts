import { css } from 'lit';

/** The look of an element that is a part of a reading page: the page around it has the margins. Follows `page`. */
export const pagePart = css`
  :host {
    max-inline-size: none;
    margin: 0;
    padding: 0;
  }
  /* The way back: its arrow stands on the edge of the text below. */
  .button.back {
    margin-inline-start: -14px;
    padding-inline: 8px 16px;
    border-color: transparent;
  }
`;
