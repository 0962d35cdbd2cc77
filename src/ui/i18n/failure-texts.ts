import { msg } from '@lit/localize';
import type { LiveFailureCode } from '../live/live-state.ts';

/** A message in three parts: what happened, what the app did, what the person can do. */
export interface FailureText {
  readonly title: string;
  readonly text: string;
}

/** Every expected failure in plain words. The record is complete by type: a new code does not compile without its text. */
const texts: Readonly<Record<LiveFailureCode, () => FailureText>> = {
  denied: () => ({
    title: msg('The camera is blocked for this page'),
    text: msg('This browser was told not to give Lintel the camera, and it will not ask again by itself. Photos and videos work all the same.'),
  }),
  dismissed: () => ({
    title: msg('The question was closed'),
    text: msg('The browser did not get an answer, so the camera stayed off. Start it again and choose “Allow”.'),
  }),
  busy: () => ({
    title: msg('The camera is in use elsewhere'),
    text: msg('It could not be started. Close other apps or tabs that show a camera picture, then try again.'),
  }),
  none: () => ({
    title: msg('No camera found'),
    text: msg('Nothing was started. Plug a camera in and try again, or choose a photo or video.'),
  }),
  insecure: () => ({
    title: msg('This address is not secure'),
    text: msg('Browsers give the camera only to https pages. Open Lintel with https, or choose a photo or video here.'),
  }),
  overconstrained: () => ({
    title: msg('No camera fits'),
    text: msg('The cameras here offer no picture size that could be opened. Try again, or choose another camera.'),
  }),
  unsupported: () => ({
    title: msg('This browser has no camera access'),
    text: msg('Nothing was started. Open Lintel in a current Chrome, Edge, Firefox or Safari, or choose a photo or video.'),
  }),
  aborted: () => ({ title: msg('Stopped'), text: msg('The camera was stopped before it had started.') }),
  'camera-ended': () => ({
    title: msg('The camera stopped'),
    text: msg('It was unplugged or switched off. Lintel tries to start it again by itself.'),
  }),
  'camera-muted': () => ({
    title: msg('The system took the picture away'),
    text: msg('A call, another app or the switch of the camera holds it back. The picture goes on by itself when it is given free again.'),
  }),
  'frames-stopped': () => ({
    title: msg('The camera picture froze'),
    text: msg('No new picture came for two seconds. Lintel starts the camera again by itself.'),
  }),
  'file-kind': () => ({
    title: msg('Neither a photo nor a video'),
    text: msg('The file was left alone. Choose a picture (JPEG, PNG, WebP, AVIF) or a video that this browser can play.'),
  }),
  'control-refused': () => ({
    title: msg('The camera did not obey'),
    text: msg('It offers this control but refused the change. The picture goes on as it was.'),
  }),
  'own-model': () => ({
    title: msg('Your own model cannot be used'),
    text: msg('Its files on this device are damaged or gone, so the model that came with Lintel looks in its place. Bring the files again on the page of the models.'),
  }),
  'not-an-image': () => ({
    title: msg('This picture cannot be read'),
    text: msg('It is damaged or of a kind that this browser does not know. Nothing was changed. Try another one, for instance a JPEG or PNG.'),
  }),
  'empty-image': () => ({
    title: msg('This picture has no pixels'),
    text: msg('Its width or height is 0, so there is nothing to look at. Choose another one.'),
  }),
  'too-large': () => ({
    title: msg('This picture is too large'),
    text: msg('It has more pixels than this device can hold safely, so it was not opened. Make it smaller and try again.'),
  }),
  'not-a-video': () => ({
    title: msg('This video cannot be played'),
    text: msg('It is damaged or of a kind that this browser does not know. Try an MP4 or WebM file.'),
  }),
  'no-frames': () => ({
    title: msg('This video has no pictures'),
    text: msg('Only sound, or nothing at all, was found in it. Choose another one.'),
  }),
  'backend-unavailable': () => ({
    title: msg('The chosen way of computing does not run here'),
    text: msg('Detection is off; the picture goes on. Set the backend to “automatic” in the settings.'),
  }),
  'backend-wrong-numbers': () => ({
    title: msg('This device computes wrong numbers'),
    text: msg('A small sum with a known answer came out wrong, so nothing that was computed this way is used. Where another way works, detection goes on by itself; if this stays, choose another backend in the settings.'),
  }),
  'model-missing': () => ({
    title: msg('A model file is missing'),
    text: msg('It is not stored on this device and could not be loaded. Connect to the network once, then try again.'),
  }),
  'model-corrupt': () => ({
    title: msg('A model file is damaged'),
    text: msg('Its checksum is wrong, so it was refused and thrown away. Connect to the network once, then try again.'),
  }),
  'model-mismatch': () => ({
    title: msg('A model file does not fit'),
    text: msg('It is not what its description says, so it was refused. Reload the app to get matching files.'),
  }),
  'engine-died': () => ({
    title: msg('Detection crashed'),
    text: msg('The picture goes on and Lintel starts detection again. If this comes back, choose a smaller input size.'),
  }),
  'out-of-memory': () => ({
    title: msg('This device is short of memory'),
    text: msg('The picture goes on, and Lintel looks at it in a smaller size. Close other tabs and apps; if this comes back, switch off some of what is looked for.'),
  }),
  timeout: () => ({
    title: msg('Detection takes too long'),
    text: msg('It did not answer in time and was stopped. Where it can, Lintel starts it again by itself; if this stays, try again or choose another backend in the settings.'),
  }),
};

export function failureText(code: LiveFailureCode): FailureText {
  return texts[code]();
}
