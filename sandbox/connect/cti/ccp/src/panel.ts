import { element } from './dom.ts';
import { type Asking, QuickConnects } from './quick-connects.ts';
import { type Action, type CallView, duration, type View } from './view.ts';

/** What a person does on the panel. */
export interface Doing {
  choose(status: string): void;
  act(action: Action): void;
  dial(text: string): void;
  digits(keys: string): void;
  logOut(): void;
  readonly quickConnects: Asking;
}

const labels: Record<Action, string> = {
  accept: 'Accept call',
  reject: 'Reject call',
  end: 'End call',
  hold: 'Hold',
  resume: 'Resume',
  mute: 'Mute',
  keypad: 'Number pad',
  clear: 'Close contact',
  retry: 'Try again',
};

/** Milliseconds in which a second press still means the button that was there before. */
const deafFor = 600;

/** How the light beside the status shines. */
function kindOfStatus(view: View): string {
  if (view.call?.isSilent || view.call?.kind === 'missed' || view.call?.kind === 'failed') return 'trouble';
  if (view.call || view.status === 'After call work') return 'busy';
  return view.status === 'Available' ? 'available' : 'away';
}

/** What is announced of a call; where it is answered, only while it rings. */
const spokenCall = ({ kind, title, number, note, isSilent }: CallView): string =>
  note !== '' && (isSilent || kind === 'incoming' || kind === 'calling')
    ? `${title}: ${number}. ${note}`
    : `${title}: ${number}`;

/** The page's parts; drawn anew only when what they show has changed, so that focus stays where it is. */
export class Panel {
  private readonly status = element('button', {
    type: 'button',
    class: 'status',
    'aria-haspopup': 'menu',
    'aria-expanded': 'false',
    'aria-label': 'Change status',
  });
  private readonly statusName = element('span', { class: 'name' });
  private readonly statusTime = element('span', { class: 'time', 'aria-hidden': 'true' });
  private readonly menu = element('div', { role: 'menu', class: 'menu', 'aria-label': 'Status', hidden: '' });
  private readonly card = element('section', { class: 'card', 'aria-label': 'Contact' });
  private readonly time = element('span', { class: 'time', 'aria-hidden': 'true' });
  private readonly live = element('p', { role: 'status', class: 'live' });
  private readonly problem = element('p', { role: 'alert', class: 'problem', hidden: '' });
  private readonly main: HTMLElement;
  private readonly pad: HTMLFormElement;
  private readonly number: HTMLInputElement;
  private shown = '';
  private padOpen = false;
  /** What stood in the dial field before keys were pressed in a call. */
  private typed: string | undefined;
  private muted = false;
  private current: View | undefined;
  private call: CallView | undefined;
  /** A button of the card had the focus when it was pressed. */
  private pressed = false;
  /** Epoch milliseconds. */
  private deafUntil = 0;

  constructor(
    root: HTMLElement,
    private readonly doing: Doing,
    settings: { gear: HTMLElement; view: HTMLElement },
  ) {
    this.status.append(this.statusName, this.statusTime);
    this.number = element('input', {
      type: 'tel',
      'aria-label': 'Phone number',
      placeholder: 'Phone number',
      maxlength: '30',
      autocomplete: 'off',
    });
    this.pad = this.makePad();
    const bar = element('header', {}, this.status, settings.gear, this.menu);
    const foot = element('footer', {});
    const keypad = element('button', { type: 'button', class: 'plain' }, 'Number pad');
    keypad.addEventListener('click', () => this.togglePad());
    const quick = element('button', { type: 'button', class: 'plain' }, 'Quick connects');
    const quickConnects = new QuickConnects({
      list: () => doing.quickConnects.list(),
      connect: (to) => {
        this.say('');
        doing.quickConnects.connect(to);
      },
    });
    quick.addEventListener('click', () => quickConnects.toggle());
    const out = element('button', { type: 'button', class: 'plain' }, 'Log out');
    out.addEventListener('click', () => this.doing.logOut());
    foot.append(keypad, quick, out);
    this.main = element('main', {}, this.problem, this.card, quickConnects.view, this.pad, settings.view);
    root.replaceChildren(bar, this.main, this.live, foot);
    this.status.addEventListener('click', () => this.toggleMenu(this.menu.hidden !== false));
    this.menu.addEventListener('keydown', (e) => this.steer(e));
    this.card.addEventListener('keydown', (e) => {
      if (e.repeat && e.key === 'Enter') e.preventDefault(); // held down, it is pressed once
    });
    document.addEventListener('click', (e) => {
      if (e.target instanceof Node && !bar.contains(e.target)) this.toggleMenu(false);
    });
    setInterval(() => this.tick(), 1000);
  }

  draw(view: View): void {
    this.current = view;
    this.statusName.textContent = view.next ? `${view.status} → ${view.next}` : view.status;
    this.status.dataset.kind = kindOfStatus(view);
    const ringing = view.call?.kind === 'incoming';
    const announce = view.call ? spokenCall(view.call) : view.status;
    if (this.live.textContent !== announce) this.live.textContent = announce;
    document.body.classList.toggle('ringing', ringing);
    const { call } = view;
    const key = JSON.stringify([
      call?.id,
      call?.kind,
      call?.number,
      call?.note,
      call?.isSilent,
      call?.actions,
      this.muted,
    ]);
    if (ringing && this.call?.id !== call?.id) this.main.scrollTop = 0; // below it the settings may be open
    if (this.typed !== undefined && this.call?.id !== call?.id) this.restore();
    this.call = call;
    if (key !== this.shown) {
      this.shown = key;
      const at = document.activeElement;
      const hadFocus = this.card.contains(at) || (this.pressed && at === document.body && document.hasFocus());
      this.pressed = false;
      this.drawCall(view.call);
      if (hadFocus) this.focusNext();
    }
    const isEmpty = this.menu.childElementCount === 0; // opened before the agent's states were there
    if (this.menu.hidden || isEmpty) this.fillMenu(view);
    if (!this.menu.hidden && isEmpty) this.menu.querySelector('button')?.focus();
    this.tick();
  }

  /** Says what went wrong; nothing takes the last such word back, but leaves what is offered until it is withdrawn. */
  say(text: string): void {
    if (text === '' && this.problem.querySelector('button')) return;
    this.problem.textContent = text;
    this.problem.hidden = text === '';
  }

  /** What was offered is not needed any more. */
  withdraw(): void {
    this.problem.replaceChildren();
    this.say('');
  }

  /** Says what is wrong, with a button for what can be done; it stays until it is withdrawn. */
  offer(text: string, label: string, act: () => void): void {
    if (this.problem.textContent?.startsWith(text)) return;
    const button = element('button', { type: 'button', class: 'plain' }, label);
    button.addEventListener('click', act);
    this.problem.replaceChildren(text, ' ', button);
    this.problem.hidden = false;
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
    if (this.current) this.draw(this.current);
  }

  private drawCall(call: CallView | undefined): void {
    if (!call) {
      this.card.className = 'card empty';
      this.card.replaceChildren(
        element('h1', {}, 'No contact'),
        element('p', {}, 'Choose Available to take calls, or dial a number.'),
      );
      return;
    }
    this.card.className = call.isSilent ? `card ${call.kind} silent` : `card ${call.kind}`;
    const buttons = call.actions.map((action) => {
      const name = action === 'mute' && this.muted ? 'Unmute' : labels[action];
      const button = element('button', { type: 'button', class: `action ${action}` }, name);
      button.addEventListener('click', (e) => {
        if (action === 'keypad') this.togglePad();
        else if (e.detail === 1 || Date.now() >= this.deafUntil) this.once(button, action); // one click is meant for what it hits
      });
      return button;
    });
    this.card.replaceChildren(
      element('h1', {}, call.title, ' ', this.time),
      element('p', { class: 'number' }, call.number),
      element('p', { class: 'queue' }, call.queue),
      ...(call.note === '' ? [] : [element('p', { class: 'note' }, call.note)]),
      element('div', { class: 'actions' }, ...buttons),
    );
  }

  /** The button that was pressed is gone: what is to be done next gets the focus, but not a second press meant for the first. */
  private focusNext(): void {
    this.deafUntil = Date.now() + deafFor;
    (this.card.querySelector('button') ?? this.status).focus();
  }

  /** A double click is one click. */
  private once(button: HTMLButtonElement, action: Action): void {
    this.pressed = document.activeElement === button;
    button.disabled = true; // which takes the focus from it
    setTimeout(() => {
      button.disabled = false;
    }, 1500);
    this.say('');
    this.doing.act(action);
  }

  private makePad(): HTMLFormElement {
    const form = element('form', { class: 'pad', hidden: '', 'aria-label': 'Number pad' });
    const keys = element('div', { class: 'keys' });
    for (const key of '123456789*0#') {
      const button = element('button', { type: 'button' }, key);
      button.addEventListener('click', () => {
        if (this.call?.kind === 'connected') {
          this.typed ??= this.number.value;
          this.doing.digits(key);
        }
        this.number.value += key;
      });
      keys.append(button);
    }
    form.append(this.number, keys, element('button', { type: 'submit', class: 'action accept' }, 'Call'));
    form.addEventListener('submit', (e) => {
      e.preventDefault();
      this.say('');
      this.doing.dial(this.number.value);
    });
    return form;
  }

  /** Keys that were pressed in a call are no number to dial. */
  private restore(): void {
    this.number.value = this.typed ?? '';
    this.typed = undefined;
  }

  private togglePad(): void {
    this.padOpen = !this.padOpen;
    this.pad.hidden = !this.padOpen;
    if (this.padOpen) this.number.focus();
  }

  private fillMenu(view: View): void {
    this.menu.replaceChildren(
      ...view.choices.map((choice) => {
        const item = element(
          'button',
          { type: 'button', role: 'menuitemradio', 'aria-checked': String(choice.current), tabindex: '-1' },
          choice.name,
        );
        item.addEventListener('click', () => {
          this.toggleMenu(false);
          this.status.focus();
          this.say('');
          this.doing.choose(choice.name);
        });
        return item;
      }),
    );
  }

  private toggleMenu(open: boolean): void {
    this.menu.hidden = !open;
    this.status.setAttribute('aria-expanded', String(open));
    const first = this.menu.querySelector('button');
    if (open && first) first.focus();
  }

  private steer(e: KeyboardEvent): void {
    const items = [...this.menu.querySelectorAll('button')];
    const at = items.indexOf(document.activeElement as HTMLButtonElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (e.key === 'Escape') {
      e.preventDefault();
      this.toggleMenu(false);
      this.status.focus();
    } else if (step !== undefined) {
      e.preventDefault();
      items[(at + step + items.length) % items.length]?.focus();
    }
  }

  private tick(): void {
    const view = this.current;
    if (!view) return;
    this.statusTime.textContent = duration(Date.now() - view.since);
    this.time.textContent = view.call ? duration(Date.now() - view.call.since) : '';
  }
}
