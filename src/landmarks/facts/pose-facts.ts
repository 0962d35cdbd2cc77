export type Posture = 'standing' | 'sitting' | 'lying' | 'not-sure';

/** What can be told of a body by its key points. Left and right are the person's own. */
export interface PoseFacts {
  readonly posture: Posture;
  /** 0..1, how far the key points bear the posture out; 0 for `not-sure`. */
  readonly postureConfidence: number;
  readonly leftHandRaised: boolean;
  readonly rightHandRaised: boolean;
}
