import type { Match } from './wire/read.ts';
import { say } from './words.ts';

/** The records among which the agent is to choose. */
export interface Choice {
  matches: readonly Match[];
  /** How many there are, listed or not. */
  total: number;
  /** There are more than the total. */
  more: boolean;
  open(m: Match): void;
  dismiss(): void;
}

/** A button for each record, in a list that scrolls in itself; drawn again only when there are others, so that the focus stays. */
export class ChoiceList {
  readonly element: HTMLElement;
  private readonly title: HTMLElement;
  private readonly list: HTMLElement;
  private offered: readonly Match[] = [];
  private now: Choice | null = null;

  constructor(private readonly page: Document) {
    this.element = page.createElement('section');
    this.element.className = 'patchcord-choice';
    this.element.setAttribute('aria-label', say('choice.title'));
    this.element.hidden = true;
    const head = page.createElement('div');
    head.className = 'patchcord-choice-head';
    this.title = page.createElement('h2');
    this.title.setAttribute('role', 'status');
    const close = page.createElement('button');
    close.type = 'button';
    close.textContent = say('page.dismiss');
    close.addEventListener('click', () => this.now?.dismiss());
    head.append(this.title, close);
    this.list = page.createElement('ul');
    this.element.append(head, this.list);
  }

  draw(c: Choice | null): void {
    this.now = c;
    this.element.hidden = c === null;
    const matches = c?.matches ?? [];
    const title = c ? titleOf(c) : '';
    if (this.title.textContent !== title) this.title.textContent = title;
    if (matches === this.offered) return;
    this.offered = matches;
    this.list.replaceChildren(...matches.map((m) => this.item(m)));
    this.list.scrollTop = 0;
  }

  private item(m: Match): HTMLElement {
    const item = this.page.createElement('li');
    const button = this.page.createElement('button');
    button.type = 'button';
    const name = this.page.createElement('span');
    name.textContent = m.name;
    const kind = this.page.createElement('small');
    kind.textContent = m.object;
    button.append(name, ' ', kind);
    button.addEventListener('click', () => this.now?.open(m));
    item.append(button);
    return item;
  }
}

function titleOf({ total, more, matches }: Choice): string {
  const args = { n: total, listed: matches.length };
  if (more) return say('choice.atLeast', args);
  return total > matches.length ? say('choice.listed', args) : say('choice.found', { n: total });
}
