import { strings } from './strings.ts';
import type { Match } from './wire/read.ts';

export interface Banner {
  level: 'info' | 'warning' | 'error';
  text: string;
  action?: { label: string; run: () => void };
}

/** What the page shows at one moment. */
export interface Choice {
  matches: readonly Match[];
  /** How many there are, listed or not. */
  total: number;
  open(m: Match): void;
  dismiss(): void;
}

export interface Picture {
  /** Empty hides the line. */
  status: string;
  banners: readonly Banner[];
  button: boolean;
  panel: boolean;
  choice: Choice | null;
}

/** The page: a status line, banners, the sign-in button, and the box in which the panel lives. */
export class View {
  /** Where the Contact Control Panel goes. */
  readonly panel: HTMLElement;
  private readonly status: HTMLElement;
  private readonly banners: HTMLElement;
  private readonly button: HTMLButtonElement;
  private readonly choice: HTMLElement;
  private drawn = '';
  private offered: readonly Match[] = [];

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
    this.choice = page.createElement('section');
    this.choice.className = 'patchcord-choice';
    this.choice.setAttribute('aria-label', strings.choice.title);
    this.choice.hidden = true;
    root.replaceChildren(this.status, this.banners, this.choice, this.button, this.panel);
  }

  draw(p: Picture): void {
    if (this.status.textContent !== p.status) this.status.textContent = p.status;
    this.status.hidden = p.status === '';
    this.button.hidden = !p.button;
    this.panel.hidden = !p.panel;
    this.offer(p.choice);
    const mark = JSON.stringify(p.banners.map((b) => [b.level, b.text, b.action?.label]));
    if (mark === this.drawn) return; // drawn again, a screen reader would read it again
    this.drawn = mark;
    this.banners.replaceChildren(...p.banners.map((b) => banner(this.banners.ownerDocument, b)));
  }

  private offer(c: Choice | null): void {
    this.choice.hidden = c === null;
    const matches = c?.matches ?? [];
    if (matches === this.offered) return;
    this.offered = matches;
    this.choice.replaceChildren(...(c ? choiceOf(this.choice.ownerDocument, c) : []));
  }
}

/** A button for each record; drawn again only when there are others, so that the focus stays. */
function choiceOf(page: Document, c: Choice): Node[] {
  const head = page.createElement('div');
  head.className = 'patchcord-choice-head';
  const title = page.createElement('h2');
  title.setAttribute('role', 'status');
  title.textContent = strings.choice.found(c.total, c.matches.length);
  const close = page.createElement('button');
  close.type = 'button';
  close.textContent = strings.dismiss;
  close.addEventListener('click', c.dismiss);
  head.append(title, close);
  const list = page.createElement('ul');
  for (const m of c.matches) {
    const item = page.createElement('li');
    const button = page.createElement('button');
    button.type = 'button';
    const name = page.createElement('span');
    name.textContent = m.name;
    const kind = page.createElement('small');
    kind.textContent = m.object;
    button.append(name, ' ', kind);
    button.addEventListener('click', () => c.open(m));
    item.append(button);
    list.append(item);
  }
  return [head, list];
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
