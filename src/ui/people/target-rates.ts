/** Shares of strangers that a gallery may let pass, to choose from. */
export const targetRates = [1e-2, 1e-3, 1e-4, 1e-5] as const;

/** One in ten thousand: what a PIN of four digits lets through at the first try. */
export const usualTarget = 1e-4;
