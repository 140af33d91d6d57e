import { read, type Said, type Told } from './wire.ts';

const first = 500; // milliseconds until the first attempt to come back
const longest = 8000;

/** The socket's own words for "too many handsets". */
const tryAgainLater = 1013;

interface Hearing {
  told(message: Told): void;
  down(full: boolean): void;
}

/** The page's socket; it comes back by itself until closed. */
export class Connection {
  private socket: WebSocket | undefined;
  private wait = first;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly url: string,
    private readonly hearing: Hearing,
  ) {
    this.open();
  }

  /** What is said while there is no connection is lost: a call that it was about is over. */
  send(message: Said): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  close(): void {
    clearTimeout(this.timer);
    const { socket } = this;
    this.socket = undefined;
    socket?.close();
  }

  private open(): void {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.onmessage = (e: MessageEvent<unknown>) => {
      const message = read(e.data);
      if (!message || this.socket !== socket) return;
      this.wait = first;
      this.hearing.told(message);
    };
    socket.onclose = (e) => {
      if (this.socket !== socket) return;
      this.socket = undefined;
      this.hearing.down(e.code === tryAgainLater);
      this.timer = setTimeout(() => this.open(), this.wait);
      this.wait = Math.min(2 * this.wait, longest);
    };
  }
}
