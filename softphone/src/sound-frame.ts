/**
 * The library names itself what its frame may do, and leaves out the choice of a speaker, which it offers. Frames keep what they may
 * from when they are put into the page.
 */
export function letChooseSpeaker(box: HTMLElement): void {
  const append = box.appendChild.bind(box);
  box.appendChild = (node) => {
    if ('allow' in node && typeof node.allow === 'string') node.allow = `${node.allow}; speaker-selection`;
    return append(node);
  };
}

/** What comes through the panel's worker is plain, whatever the published types say of it. */
export function textOf(v: unknown, member: string): string {
  const found: unknown = typeof v === 'object' && v !== null ? Reflect.get(v, member) : undefined;
  return typeof found === 'string' ? found : '';
}
