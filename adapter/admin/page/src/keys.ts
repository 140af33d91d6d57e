/** Whether the key / leads to the filter is kept in this browser. Storage may be forbidden: then it is on. */
const name = 'patchcord.admin.slash';

export function slashIsOn(): boolean {
  try {
    return localStorage.getItem(name) !== 'off';
  } catch {
    return true;
  }
}

export function setSlash(on: boolean): void {
  try {
    localStorage.setItem(name, on ? 'on' : 'off');
  } catch {
    // nothing can be kept: it is on again with the next load
  }
}

/** True if a key that was pressed writes into something. */
export const writes = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, select, textarea, [contenteditable]');
