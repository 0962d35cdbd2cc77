declare const __SITE_VERSION__: string;

/** A part of the app that is loaded when it is wanted, as its views are. */
export const late = `part of ${__SITE_VERSION__}`;
