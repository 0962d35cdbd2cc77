import { msg } from '@lit/localize';

/** Browsers whose way of giving the camera back differs. */
export type BrowserKind = 'ios-app' | 'ios-safari' | 'ios-other' | 'mac-safari' | 'android-firefox' | 'firefox' | 'android' | 'chromium';

interface Agent {
  readonly userAgent: string;
  readonly maxTouchPoints: number;
  /** Started from the home screen. */
  readonly standalone: boolean;
}

/** Which browser this is, for advice only: no behaviour depends on it. */
export function browserKind({ userAgent, maxTouchPoints, standalone }: Agent): BrowserKind {
  const isIos = /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1);
  if (isIos) {
    if (standalone) return 'ios-app';
    return /CriOS|FxiOS|EdgiOS/.test(userAgent) ? 'ios-other' : 'ios-safari';
  }
  const isAndroid = userAgent.includes('Android');
  if (userAgent.includes('Firefox')) return isAndroid ? 'android-firefox' : 'firefox';
  if (isAndroid) return 'android';
  return userAgent.includes('Safari') && !/Chrome|Chromium|Edg/.test(userAgent) ? 'mac-safari' : 'chromium';
}

/** The steps that undo "blocked" in this very browser, in order. */
export function unblockSteps(kind: BrowserKind): readonly string[] {
  const reload = msg('Come back here and try again.');
  switch (kind) {
    case 'ios-app':
      return [msg('Open the Settings app and find Apps, then Safari, then Camera.'), msg('Choose “Ask” or “Allow”.'), msg('Close Lintel and open it again.')];
    case 'ios-safari':
      return [msg('Tap the page menu beside the address.'), msg('Open “Website Settings”.'), msg('Set Camera to “Ask” or “Allow”.'), reload];
    case 'ios-other':
      return [msg('Open the Settings app and find this browser in the list of apps.'), msg('Switch Camera on.'), reload];
    case 'mac-safari':
      return [msg('Open the Safari menu and choose “Settings for This Website”.'), msg('Set Camera to “Ask” or “Allow”.'), reload];
    case 'android-firefox':
      return [msg('Tap the lock beside the address.'), msg('Tap “Camera” so that it is no longer blocked.'), reload];
    case 'firefox':
      return [msg('Click the crossed-out camera beside the address.'), msg('Remove the block with the cross.'), reload];
    case 'android':
      return [
        msg('Tap the icon left of the address.'),
        msg('Open “Permissions” and allow the camera.'),
        msg('If it is not listed, allow the camera for the browser in the Android settings.'),
        reload,
      ];
    case 'chromium':
      return [msg('Click the icon left of the address.'), msg('Switch Camera on.'), reload];
  }
}
