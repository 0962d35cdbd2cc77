import type { ObjectFit, Size } from '../../geometry/index.ts';

/**
 * Fills the view when at least 60 % of the frame stays visible, else shows the whole frame: boxes that nobody can see
 * help nobody. Example: a 3:4 phone frame fills a 390x844 screen (62 %); a 4:3 webcam is shown whole there (35 %).
 */
export function chooseFit(frame: Size, view: Size): ObjectFit {
  const frameAspect = frame.width / frame.height;
  const viewAspect = view.width / view.height;
  return Math.min(frameAspect / viewAspect, viewAspect / frameAspect) >= 0.6 ? 'cover' : 'contain';
}
