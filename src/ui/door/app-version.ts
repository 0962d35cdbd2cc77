/** The version in package.json, which the page does not see; a test holds them together. */
export const appVersion = '0.1.0';
