/** A line through points of a model, for drawing and for facts: a stable key, not a text for people. Sides are the person's own. */
export interface Part<Name extends string = string> {
  readonly name: Name;
  readonly indices: readonly number[];
  /** Whether the last point is joined to the first. */
  readonly closed: boolean;
}
