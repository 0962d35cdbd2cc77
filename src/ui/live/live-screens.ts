/** What can stand in the stage's place of the picture. */
export type ScreenKind = 'camera' | 'video' | 'photo';

/** The elements that show sources. They outlive the view: a camera plays on while the person visits the settings. */
export class LiveScreens {
  readonly camera = document.createElement('video');
  /** Plays a video file; apart from the camera's element, which goes on until the file has proved readable. */
  readonly video = document.createElement('video');
  /** Shows a photo, upright, in full size. */
  readonly photo = document.createElement('canvas');
}

/** Plays on where the browser lets it. */
export async function playOn(element: HTMLVideoElement): Promise<void> {
  try {
    await element.play();
  } catch {
    // The browser wants a tap, or another source took this one's place: both show themselves, the one as a pause.
  }
}
