/** The share of the disk's room that the store has, of what it has and what is free; undefined if nobody says what is free. */
export function filled(store: { size: number; free: number }): number | undefined {
  const all = store.size + store.free;
  return store.free < 0 || all === 0 ? undefined : store.size / all;
}

/** How much of the org's allowance is used, in words. */
export function spent(api: { used: number; max: number }): string {
  if (api.used >= api.max) return 'The allowance is used up: what needs the org waits until there is more.';
  const share = (100 * api.used) / api.max;
  const said = share === 0 ? '0' : share < 1 ? 'less than 1' : String(Math.floor(share));
  return share >= 90 ? `${said} %: it is about to run out.` : `${said} %, of all programs together.`;
}
