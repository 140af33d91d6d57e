import { duration, readable } from './numbers.ts';
import type { Action, View } from './view.ts';

/** What a person does on the handset. */
export interface Doing {
  act(action: Action, typed: string): void;
  key(key: string): void;
  /** Returns what to show in the field; undefined if it is no number that a handset can have. */
  own(typed: string): string | undefined;
  withhold(withheld: boolean): void;
}

const letters: Record<string, string> = {
  2: 'ABC',
  3: 'DEF',
  4: 'GHI',
  5: 'JKL',
  6: 'MNO',
  7: 'PQRS',
  8: 'TUV',
  9: 'WXYZ',
};
const names: Record<string, string> = { '*': 'Star', '#': 'Hash' };
const allActions: Action[] = ['call', 'mute', 'decline', 'answer', 'hangUp'];
const hints = {
  fine: 'Other telephones call this handset at it.',
  wrong: 'Enter a whole number, with its country code or ten digits.',
};

function part<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}

/** The page's parts, which index.html holds; it only fills and hides them, so that nothing moves and focus stays. */
export class Page {
  private readonly line = part('line', HTMLElement);
  private readonly screen = part('screen', HTMLElement);
  private readonly title = part('title', HTMLElement);
  private readonly time = part('time', HTMLElement);
  private readonly dial = part('dial', HTMLFormElement);
  private readonly to = part('to', HTMLInputElement);
  private readonly party = part('party', HTMLElement);
  private readonly detail = part('detail', HTMLElement);
  private readonly announce = part('announce', HTMLElement);
  private readonly actions = part('actions', HTMLElement);
  private readonly ownField = part('own', HTMLInputElement);
  private readonly hint = part('hint', HTMLElement);
  private readonly withheld = part('withheld', HTMLInputElement);
  private shown: View | undefined;
  private own = '';

  constructor(private readonly doing: Doing) {
    this.makePad();
    this.dial.addEventListener('submit', (e) => {
      e.preventDefault();
      this.doing.act('call', this.to.value);
    });
    for (const action of allActions) {
      if (action === 'call') continue;
      part(action, HTMLButtonElement).addEventListener('click', () => this.doing.act(action, ''));
    }
    part('erase', HTMLButtonElement).addEventListener('click', () => {
      this.to.value = this.to.value.slice(0, -1);
      this.to.focus();
    });
    this.ownField.addEventListener('change', () => this.changeOwn());
    this.ownField.addEventListener('keydown', (e) => {
      if (e.key === 'Enter') this.changeOwn();
    });
    this.withheld.addEventListener('change', () => this.doing.withhold(this.withheld.checked));
    document.addEventListener('keydown', (e) => this.typed(e));
    setInterval(() => this.tick(), 250);
  }

  draw(view: View): void {
    const had = this.actions.contains(document.activeElement) || this.dial.contains(document.activeElement);
    const before = this.shown;
    this.shown = view;
    this.line.textContent = view.line.text;
    this.line.className = `line ${view.line.tone}`;
    this.screen.className = `screen ${view.tone}`;
    this.title.textContent = view.title;
    this.detail.textContent = view.detail;
    this.dial.hidden = !view.editable;
    this.party.hidden = view.party === undefined;
    this.party.textContent = view.party ?? '';
    for (const action of allActions) part(action, HTMLButtonElement).hidden = !view.actions.includes(action);
    const mute = part('mute', HTMLButtonElement);
    mute.setAttribute('aria-pressed', String(view.muted));
    this.ownField.disabled = this.withheld.disabled = !view.editable;
    document.title = view.heading;
    const news = [view.title, view.party, view.detail].filter((t) => t).join('. ');
    if (before && (before.title !== view.title || before.party !== view.party)) this.announce.textContent = news;
    // The button that was pressed may be gone: focus goes to what can be done now.
    if (had && before && before.actions.join() !== view.actions.join()) {
      const last = view.actions.at(-1);
      if (last) part(last, HTMLButtonElement).focus();
    }
    this.tick();
  }

  setNumbers(own: string, far: string): void {
    if (own !== this.own) this.ownField.value = readable(own);
    this.own = own;
    if (this.to.value === '' && far !== '') this.to.value = readable(far);
  }

  setWithheld(withheld: boolean): void {
    this.withheld.checked = withheld;
  }

  private changeOwn(): void {
    const shown = this.doing.own(this.ownField.value);
    this.hint.textContent = shown === undefined ? hints.wrong : hints.fine;
    this.hint.classList.toggle('wrong', shown === undefined);
    this.ownField.setAttribute('aria-invalid', String(shown === undefined));
    if (shown !== undefined) this.ownField.value = shown;
  }

  private makePad(): void {
    const pad = part('pad', HTMLElement);
    for (const key of '123456789*0#') {
      const button = document.createElement('button');
      button.type = 'button';
      button.setAttribute('aria-label', names[key] ?? key);
      const digit = document.createElement('b');
      digit.textContent = key;
      button.append(digit);
      const under = letters[key];
      if (under) {
        const small = document.createElement('small');
        small.textContent = under;
        button.append(small);
      }
      button.addEventListener('click', () => this.press(key));
      pad.append(button);
    }
  }

  private press(key: string): void {
    if (this.shown?.editable) this.to.value = (this.to.value + key).slice(0, this.to.maxLength);
    this.doing.key(key);
  }

  /** Keys of the keyboard are keys of the pad, unless somebody types into a field. */
  private typed(e: KeyboardEvent): void {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target instanceof HTMLInputElement) return;
    if (/^[0-9*#]$/.test(e.key)) this.press(e.key);
    else if (e.key === 'Backspace' && this.shown?.editable) this.to.value = this.to.value.slice(0, -1);
  }

  private tick(): void {
    const since = this.shown?.since;
    this.time.textContent = since === undefined ? '' : duration(Date.now() - since);
  }
}
