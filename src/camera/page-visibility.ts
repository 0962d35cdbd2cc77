/** The part of `document` that tells whether anybody can see the page. */
export type PageVisibility = Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>;
