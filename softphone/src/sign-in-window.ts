import { httpUrl } from './settings.ts';
import { isFields, readSettings, type Settings, text } from './wire/read.ts';

/** What the adapter hands over when Salesforce has vouched for the agent. */
export interface HandOver {
  session: string;
  ccpUrl: string;
  settings: Settings | null;
}

const name = 'patchcord-sign-in';
const look = 'popup,width=480,height=680';
const watchEvery = 400;

/**
 * The one window in which an agent signs in. It must be opened in a click. `handedOver` says where it goes on to. The window
 * is sent there from here: a message from a window that has already gone on may arrive without its source.
 */
export class SignInWindow {
  private opened: Window | null = null;
  private handed = false;
  private watch: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly page: Window,
    private readonly adapterOrigin: string,
    private readonly handedOver: (h: HandOver) => string,
    private readonly closed: () => void,
  ) {
    page.addEventListener('message', (e: MessageEvent<unknown>) => this.hear(e));
  }

  /** False when the browser does not let it. */
  open(url: string): boolean {
    this.close();
    this.handed = false;
    this.opened = this.page.open(url, name, look);
    if (!this.opened || this.opened.closed) {
      this.opened = null;
      return false;
    }
    this.watch = setInterval(() => {
      if (!this.opened?.closed) return;
      this.forget();
      this.closed();
    }, watchEvery);
    return true;
  }

  close(): void {
    const window = this.opened;
    this.forget();
    window?.close();
  }

  private forget(): void {
    clearInterval(this.watch);
    this.opened = null;
  }

  /** Only from the window that we opened, and only from the adapter in it. */
  private hear(e: MessageEvent<unknown>): void {
    if (!this.opened || e.source !== this.opened || e.origin !== this.adapterOrigin) return;
    if (!isFields(e.data) || e.data.type !== 'patchcord:signed-in') return;
    const session = text(e.data.session);
    if (session === '' || this.handed) return; // it tells until it is heard
    this.handed = true;
    const onward = this.handedOver({
      session,
      ccpUrl: httpUrl(text(e.data.ccpUrl)),
      settings: readSettings(e.data.settings),
    });
    if (onward !== '') this.opened?.location.replace(onward);
  }
}
