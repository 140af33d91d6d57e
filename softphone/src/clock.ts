/** The page's two clocks, in milliseconds. */
export interface Clock {
  /** Never goes back, and starts with the page: compares only what happened in the same load. */
  mono(): number;
  /** Epoch; people and programs set it. */
  wall(): number;
}

export const pageClock: Clock = { mono: () => performance.now(), wall: () => Date.now() };
