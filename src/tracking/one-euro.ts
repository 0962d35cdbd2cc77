/** Settings of a One Euro filter. Ref: Casiez, Roussel, Vogel: 1 € Filter, CHI 2012. */
export interface OneEuroOptions {
  /** Cut-off at rest in Hz: lower is calmer. */
  readonly minCutoffHz: number;
  /** How much the cut-off rises with speed: higher follows faster. */
  readonly beta: number;
  /** Cut-off of the speed itself in Hz. */
  readonly derivativeCutoffHz: number;
}
