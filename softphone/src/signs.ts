/** What of a person can be seen from inside the page's frame. */
export interface Signs {
  touched(): void;
  typed(): void;
  shown(visible: boolean): void;
  online(): void;
}

/** Listens to the page: pointer, keys, focus, whether it is visible, and whether the network is there. */
export function listenForSigns(page: Window, signs: Signs): void {
  const { document } = page;
  const heard = { capture: true, passive: true };
  for (const name of ['pointerdown', 'pointermove']) document.addEventListener(name, () => signs.touched(), heard);
  document.addEventListener(
    'keydown',
    () => {
      signs.typed();
      signs.touched();
    },
    heard,
  );
  page.addEventListener('focus', () => signs.touched());
  page.addEventListener('blur', () => {
    // A click into the panel inside this page is seen as a loss of focus only.
    if (document.activeElement?.tagName === 'IFRAME') signs.touched();
  });
  document.addEventListener('visibilitychange', () => signs.shown(document.visibilityState === 'visible'));
  page.addEventListener('online', () => signs.online());
}
