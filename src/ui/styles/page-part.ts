import { css } from 'lit';

/** The look of an element that is a part of a reading page: the page around it has the margins. Follows `page`. */
export const pagePart = css`
  :host {
    max-inline-size: none;
    margin: 0;
    padding: 0;
  }
`;
