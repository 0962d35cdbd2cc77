/** Takes the whole screen, where the browser lets a page do so. To be called in a touch. */
export function fillScreen(): void {
  const root: Partial<Pick<Element, 'requestFullscreen'>> = document.documentElement;
  if (document.fullscreenElement === null && document.fullscreenEnabled) void root.requestFullscreen?.({ navigationUI: 'hide' }).catch(() => undefined);
}
