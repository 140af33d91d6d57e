import { say } from './words.ts';

/** What is said of the call in front. */
export interface Card {
  /** Of the record, or the number as people write it. */
  name: string;
  /** Of the record; empty while nobody is known. */
  kind: string;
  /** Beside a name; empty if it is the name. */
  number: string;
  /** Why nobody is known, or that several may be meant; empty if there is nothing to say. */
  sentence: string;
  /** Opens the form for a new contact; missing where that makes no sense. */
  add?: () => void;
  /** Address of the page that says what happened; empty for none. */
  why: string;
  /** What the keys do; empty if they are off. */
  keys: string;
}

/** Who is at the other end, above the panel; drawn again only where it has changed, so that the focus stays. */
export class CallerCard {
  readonly element: HTMLElement;
  private readonly name: HTMLElement;
  private readonly kind: HTMLElement;
  private readonly number: HTMLElement;
  private readonly sentence: HTMLElement;
  private readonly add: HTMLButtonElement;
  private readonly why: HTMLAnchorElement;
  private readonly keys: HTMLElement;
  private now: Card | null = null;

  constructor(page: Document) {
    this.element = page.createElement('section');
    this.element.className = 'patchcord-caller';
    this.element.setAttribute('aria-label', say('caller.region'));
    this.element.hidden = true;
    const who = page.createElement('p');
    who.className = 'patchcord-caller-who';
    who.setAttribute('role', 'status');
    this.name = page.createElement('strong');
    this.kind = page.createElement('small');
    this.number = page.createElement('span');
    this.sentence = page.createElement('span');
    this.sentence.className = 'patchcord-caller-sentence';
    who.append(this.name, ' ', this.kind, ' ', this.number, ' ', this.sentence);
    const acts = page.createElement('p');
    acts.className = 'patchcord-caller-acts';
    this.add = page.createElement('button');
    this.add.type = 'button';
    this.add.textContent = say('caller.newContact');
    this.add.addEventListener('click', () => this.now?.add?.());
    this.why = page.createElement('a');
    this.why.target = '_blank';
    this.why.rel = 'noopener';
    this.why.textContent = say('caller.why');
    this.why.title = say('caller.whyOpens');
    this.keys = page.createElement('small');
    acts.append(this.add, this.why, this.keys);
    this.element.append(who, acts);
  }

  draw(c: Card | null): void {
    this.now = c;
    this.element.hidden = c === null;
    write(this.name, c?.name ?? '');
    write(this.kind, c?.kind ?? '');
    write(this.number, c?.number ?? '');
    write(this.sentence, c?.sentence ?? '');
    write(this.keys, c?.keys ?? '');
    this.add.hidden = c?.add === undefined;
    const why = c?.why ?? '';
    this.why.hidden = why === '';
    if (why !== '' && this.why.href !== why) this.why.href = why;
  }
}

/** A text that is written again is read again. */
function write(e: HTMLElement, text: string): void {
  if (e.textContent !== text) e.textContent = text;
  e.hidden = text === '';
}
