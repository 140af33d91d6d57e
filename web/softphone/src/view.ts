import { strings } from './strings.ts';

export interface Banner {
  level: 'info' | 'warning' | 'error';
  text: string;
  action?: { label: string; run: () => void };
}

/** What the page shows at one moment. */
export interface Picture {
  /** Empty hides the line. */
  status: string;
  banners: readonly Banner[];
  button: boolean;
  panel: boolean;
}

/** The page: a status line, banners, the sign-in button, and the box in which the panel lives. */
export class View {
  /** Where the Contact Control Panel goes. */
  readonly panel: HTMLElement;
  private readonly status: HTMLElement;
  private readonly banners: HTMLElement;
  private readonly button: HTMLButtonElement;
  private drawn = '';

  constructor(root: HTMLElement, onSignIn: () => void) {
    const page = root.ownerDocument;
    root.classList.add('patchcord');
    this.status = page.createElement('p');
    this.status.className = 'patchcord-status';
    this.status.setAttribute('role', 'status');
    this.banners = page.createElement('div');
    this.banners.className = 'patchcord-banners';
    this.button = page.createElement('button');
    this.button.type = 'button';
    this.button.className = 'patchcord-sign-in';
    this.button.textContent = strings.signIn;
    this.button.addEventListener('click', onSignIn);
    this.panel = page.createElement('div');
    this.panel.className = 'patchcord-panel';
    this.panel.hidden = true;
    root.replaceChildren(this.status, this.banners, this.button, this.panel);
  }

  draw(p: Picture): void {
    if (this.status.textContent !== p.status) this.status.textContent = p.status;
    this.status.hidden = p.status === '';
    this.button.hidden = !p.button;
    this.panel.hidden = !p.panel;
    const mark = JSON.stringify(p.banners.map((b) => [b.level, b.text, b.action?.label]));
    if (mark === this.drawn) return; // drawn again, a screen reader would read it again
    this.drawn = mark;
    this.banners.replaceChildren(...p.banners.map((b) => banner(this.banners.ownerDocument, b)));
  }
}

function banner(page: Document, b: Banner): HTMLElement {
  const box = page.createElement('div');
  box.className = `patchcord-banner patchcord-banner-${b.level}`;
  box.setAttribute('role', b.level === 'info' ? 'status' : 'alert');
  const words = page.createElement('span');
  words.textContent = b.text;
  box.append(words);
  if (b.action) {
    const button = page.createElement('button');
    button.type = 'button';
    button.textContent = b.action.label;
    button.addEventListener('click', b.action.run);
    box.append(button);
  }
  return box;
}
