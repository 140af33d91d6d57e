import { type Act, acts, delivered, isFit, type Keys, nameOf } from './shortcuts.ts';
import { say } from './words.ts';

/** The agent's shortcuts: shown, changed, turned off. While it waits for keys, no shortcut acts. */
export class KeysPanel {
  readonly button: HTMLButtonElement;
  readonly element: HTMLElement;
  private readonly said: HTMLElement;
  private readonly rows = new Map<Act, { keys: HTMLElement; change: HTMLButtonElement; off: HTMLButtonElement }>();
  private asked: Act | null = null;

  constructor(
    private readonly page: Document,
    private keys: Keys,
    private readonly changed: (keys: Keys) => void,
  ) {
    this.button = this.make('keys.button', () => this.show(this.element.hidden !== false));
    this.button.className = 'patchcord-keys-button';
    this.button.setAttribute('aria-expanded', 'false');
    this.element = page.createElement('section');
    this.element.className = 'patchcord-keys';
    this.element.setAttribute('aria-label', say('keys.title'));
    this.element.hidden = true;
    const list = page.createElement('dl');
    for (const act of acts) list.append(...this.row(act));
    this.said = page.createElement('p');
    this.said.setAttribute('role', 'status');
    const foot = page.createElement('p');
    foot.className = 'patchcord-keys-foot';
    foot.append(
      this.make('keys.reset', () => this.set(delivered)),
      this.make('keys.close', () => this.show(false)),
    );
    this.element.append(list, this.said, foot);
    this.element.addEventListener('keydown', (e) => this.pressed(e), { capture: true });
    this.draw('keys.where');
  }

  /** It waits for the keys that the agent wants. */
  get isAsking(): boolean {
    return this.asked !== null;
  }

  private show(open: boolean): void {
    this.asked = null;
    this.element.hidden = !open;
    this.button.setAttribute('aria-expanded', String(open));
    this.draw('keys.where');
    if (open) this.rows.get('accept')?.change.focus();
    else this.button.focus();
  }

  private row(act: Act): HTMLElement[] {
    const name = this.page.createElement('dt');
    name.textContent = say(`keys.${act}`);
    const value = this.page.createElement('dd');
    const keys = this.page.createElement('kbd');
    const change = this.make('keys.change', () => this.ask(act));
    const off = this.make('keys.turnOff', () => this.set({ ...this.keys, [act]: '' }));
    for (const b of [change, off]) b.setAttribute('aria-label', `${b.textContent}: ${name.textContent}`);
    value.append(keys, change, off);
    this.rows.set(act, { keys, change, off });
    return [name, value];
  }

  private ask(act: Act): void {
    this.asked = act;
    this.draw('keys.plain');
  }

  private pressed(e: KeyboardEvent): void {
    const { asked } = this;
    if (asked === null) {
      if (e.key === 'Escape') this.show(false);
      return;
    }
    if (e.key === 'Tab' && !e.altKey && !e.ctrlKey && !e.metaKey) {
      this.asked = null;
      this.draw('keys.where');
      return;
    }
    e.preventDefault();
    e.stopPropagation();
    const keys = nameOf(e);
    if (keys === '') return;
    if (e.key === 'Escape') {
      this.asked = null;
      this.draw('keys.where');
    } else if (!isFit(keys)) this.draw('keys.plain');
    else if (acts.some((a) => a !== asked && this.keys[a] === keys)) this.draw('keys.taken');
    else this.set({ ...this.keys, [asked]: keys });
  }

  private set(keys: Keys): void {
    this.asked = null;
    this.keys = keys;
    this.changed(keys);
    this.draw('keys.where');
  }

  private draw(said: 'keys.where' | 'keys.plain' | 'keys.taken'): void {
    for (const [act, row] of this.rows) {
      row.keys.textContent = this.asked === act ? say('keys.press') : this.keys[act] || say('keys.off');
      row.off.disabled = this.keys[act] === '';
    }
    this.said.textContent = say(said);
  }

  private make(code: 'keys.button' | 'keys.change' | 'keys.turnOff' | 'keys.reset' | 'keys.close', on: () => void) {
    const button = this.page.createElement('button');
    button.type = 'button';
    button.textContent = say(code);
    button.addEventListener('click', on);
    return button;
  }
}
