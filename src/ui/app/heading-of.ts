/** The first heading of a view, however deep in its parts it stands. */
export function headingOf(view: Element): HTMLElement | null {
  const root = view.shadowRoot ?? view;
  const own = root.querySelector<HTMLElement>('h1');
  if (own) return own;
  for (const part of root.querySelectorAll('*')) {
    const inner = part.shadowRoot ? headingOf(part) : null;
    if (inner) return inner;
  }
  return null;
}
