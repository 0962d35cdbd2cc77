/** What can be told of a face by its points. Left and right are the person's own. null: not to be told from this view. */
export interface FaceFacts {
  /** Turn of the head in radians: positive to the person's left. */
  readonly yawRad: number;
  /** Nod of the head in radians: positive up. */
  readonly pitchRad: number;
  /** Tilt of the head in radians: positive clockwise in the unmirrored picture. */
  readonly rollRad: number;
  /** 0 closed .. 1 wide open. */
  readonly leftEyeOpen: number | null;
  readonly rightEyeOpen: number | null;
  /** 0 closed .. 1 wide open. */
  readonly mouthOpen: number | null;
  /** 0 none .. 1 broad. */
  readonly smile: number | null;
  /** Where the eyes look against the head, to the person's own side. */
  readonly gaze: 'left' | 'right' | 'ahead' | null;
  /** Blinks seen since the face is followed; 0 on a still. */
  readonly blinks: number;
}
