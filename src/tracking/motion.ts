/** One coordinate that moves steadily: a Kalman filter with constant velocity. Positions in any unit, time in seconds. */
export interface Motion {
  readonly position: number;
  /** Units per second. */
  readonly velocity: number;
  /** Variances of position and velocity, and their covariance. */
  readonly pp: number;
  readonly pv: number;
  readonly vv: number;
}

/** A coordinate seen for the first time: it stands, but may turn out to move at up to `speedSpread` units per second. */
export function motionAt(position: number, positionSpread: number, speedSpread: number): Motion {
  return { position, velocity: 0, pp: positionSpread ** 2, pv: 0, vv: speedSpread ** 2 };
}

/**
 * Where it will be after some seconds, if nothing is seen meanwhile.
 * Ref: Bar-Shalom, Li, Kirubarajan: Estimation with Applications to Tracking and Navigation, 2001, section 6.3.2
 * (discrete white noise acceleration).
 *
 * @param accelerationSpread standard deviation of what speeds it up or slows it down, in units per second squared
 */
export function predicted(motion: Motion, elapsedS: number, accelerationSpread: number): Motion {
  const t = elapsedS;
  const q = accelerationSpread ** 2;
  return {
    position: motion.position + motion.velocity * t,
    velocity: motion.velocity,
    pp: motion.pp + 2 * t * motion.pv + t * t * motion.vv + (q * t ** 4) / 4,
    pv: motion.pv + t * motion.vv + (q * t ** 3) / 2,
    vv: motion.vv + q * t * t,
  };
}

/** The same coordinate after it was seen at `position`, give or take `spread`. */
export function corrected(motion: Motion, position: number, spread: number): Motion {
  const all = motion.pp + spread ** 2;
  const gainP = motion.pp / all;
  const gainV = motion.pv / all;
  const surprise = position - motion.position;
  return {
    position: motion.position + gainP * surprise,
    velocity: motion.velocity + gainV * surprise,
    pp: (1 - gainP) * motion.pp,
    pv: (1 - gainP) * motion.pv,
    vv: motion.vv - gainV * motion.pv,
  };
}
