/** What follows a stream hears. */
export interface Follower {
  heard(data: unknown): void;
  /** The connection ended; it is made again by itself. */
  lost(): void;
}

/** Follows what the server tells until the answer is called. */
export type Stream = (follower: Follower) => () => void;

const sessionEnded = 4401; // the code with which the server closes
const firstPause = 500; // milliseconds
const longestPause = 15_000;

/** How long to wait before the attempt after so many that came to nothing. */
export const pause = (tries: number): number => Math.min(firstPause * 2 ** tries, longestPause);

/** The server's socket at an address. A socket, as a browser gives few requests of one host at a time, and each tab would hold one. */
export const socketStream =
  (address: string): Stream =>
  ({ heard, lost }) => {
    let socket: WebSocket | null = null;
    let timer = 0;
    let tries = 0;
    let stopped = false;
    const connect = () => {
      const opened = new WebSocket(address);
      socket = opened;
      let spoke = false;
      opened.addEventListener('message', (e: MessageEvent<unknown>) => {
        tries = 0;
        spoke = true;
        if (typeof e.data === 'string') heard(JSON.parse(e.data));
      });
      opened.addEventListener('close', (e) => {
        if (stopped) return;
        if (spoke) lost();
        if (e.code === sessionEnded) return;
        timer = window.setTimeout(connect, pause(tries));
        tries += 1;
      });
    };
    connect();
    return () => {
      stopped = true;
      window.clearTimeout(timer);
      socket?.close();
    };
  };
