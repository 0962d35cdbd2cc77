/** The parts of the browser that the camera needs. Any of them may be missing: an insecure page, an old engine. */
export interface CameraPlatform {
  readonly isSecure: boolean;
  readonly media: MediaPort | undefined;
  readonly permissions: Pick<Permissions, 'query'> | undefined;
}

export type MediaPort = Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices' | 'addEventListener' | 'removeEventListener'>;

export function browserPlatform(): CameraPlatform {
  const parts: Partial<Pick<Navigator, 'mediaDevices' | 'permissions'>> = navigator;
  return { isSecure: globalThis.isSecureContext, media: parts.mediaDevices, permissions: parts.permissions };
}
