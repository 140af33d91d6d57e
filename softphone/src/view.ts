import { CallerCard, type Card } from './caller-card.ts';
import { type Choice, ChoiceList } from './choice-list.ts';
import { say } from './words.ts';

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
  choice: Choice | null;
  card: Card | null;
  /** The shortcuts are within reach. */
  keys: boolean;
}

/** The page: a status line, banners, who calls, the sign-in button, and the box in which the panel lives. */
export class View {
  /** Where the Contact Control Panel goes. */
  readonly panel: HTMLElement;
  private readonly page: Document;
  /** Where questions go that the agent is asked. */
  readonly questions: HTMLElement;
  private readonly status: HTMLElement;
  private readonly banners: HTMLElement;
  private readonly button: HTMLButtonElement;
  private readonly choice: ChoiceList;
  private readonly card: CallerCard;
  private drawn = '';

  constructor(
    private readonly root: HTMLElement,
    onSignIn: () => void,
    private readonly keys: { button: HTMLElement; element: HTMLElement },
  ) {
    this.page = root.ownerDocument;
    const { page } = this;
    root.classList.add('patchcord');
    this.status = page.createElement('p');
    this.status.className = 'patchcord-status';
    this.status.setAttribute('role', 'status');
    const head = page.createElement('div');
    head.className = 'patchcord-head';
    head.append(this.status, keys.button);
    this.banners = page.createElement('div');
    this.banners.className = 'patchcord-banners';
    this.button = page.createElement('button');
    this.button.type = 'button';
    this.button.className = 'patchcord-sign-in';
    this.button.textContent = say('page.signIn');
    this.button.addEventListener('click', onSignIn);
    this.panel = page.createElement('div');
    this.panel.className = 'patchcord-panel';
    this.panel.hidden = true;
    this.questions = page.createElement('div');
    this.choice = new ChoiceList(page);
    this.card = new CallerCard(page);
    root.replaceChildren(
      head,
      keys.element,
      this.banners,
      this.questions,
      this.card.element,
      this.choice.element,
      this.button,
      this.panel,
    );
  }

  draw(p: Picture): void {
    const had = this.page.activeElement;
    const hadFocus = had !== null && had !== this.page.body && this.root.contains(had);
    if (this.status.textContent !== p.status) this.status.textContent = p.status;
    this.status.hidden = p.status === '';
    this.button.hidden = !p.button;
    this.panel.hidden = !p.panel;
    this.keys.button.hidden = !p.keys;
    if (!p.keys) this.keys.element.hidden = true;
    this.card.draw(p.card);
    this.choice.draw(p.choice);
    this.drawBanners(p.banners);
    if (hadFocus && !isThere(had)) this.focusNext();
  }

  private drawBanners(banners: readonly Banner[]): void {
    const mark = JSON.stringify(banners.map((b) => [b.level, b.text, b.action?.label]));
    if (mark === this.drawn) return; // drawn again, a screen reader would read it again
    this.drawn = mark;
    this.banners.replaceChildren(...banners.map((b) => banner(this.page, b)));
  }

  /** What had the focus is gone: it goes to what is next to be done, above the panel or in it. */
  private focusNext(): void {
    const next = [...this.root.querySelectorAll<HTMLElement>('.patchcord-banners button, .patchcord-choice li button')];
    const to = next.find(isThere) ?? this.panel.querySelector('iframe') ?? this.button;
    to.focus();
  }
}

const isThere = (e: Element): boolean => e.isConnected && e.closest('[hidden]') === null;

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
