const name = 'patchcord-sound';
const look = 'popup,width=360,height=640';
const watchEvery = 1_000;

/** What is used of the browser's windows. */
interface Opened {
  readonly closed: boolean;
  readonly location: { readonly href: string; replace(url: string): void };
  focus(): void;
}
interface Opener {
  open(url: string, name: string, look: string): Opened | null;
}

/** The contact centre's own panel in a window, where the audio of a medialess softphone is. */
export class SoundWindow {
  private opened: Opened | null = null;
  private watch: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly page: Opener,
    private readonly changed: () => void,
  ) {}

  get isOpen(): boolean {
    return this.opened !== null && !this.opened.closed;
  }

  /** Opens it, in a click, or brings it to the front. False when the browser does not let it. */
  open(url: string): boolean {
    // One that an earlier load of this page has opened is found by its name, and must not be loaded again during a call.
    const window = this.page.open('', name, look);
    if (!window) return false;
    if (isBlank(window)) window.location.replace(url);
    window.focus();
    this.opened = window;
    clearInterval(this.watch);
    this.watch = setInterval(() => {
      if (this.isOpen) return;
      clearInterval(this.watch);
      this.opened = null;
      this.changed();
    }, watchEvery);
    this.changed();
    return true;
  }
}

/** A window that shows another origin's page does not tell its address. */
function isBlank(window: Opened): boolean {
  try {
    return window.location.href === 'about:blank';
  } catch {
    return false;
  }
}
