import type { Console } from './console.ts';
import type { Shown } from './page-calls.ts';
import { say } from './words.ts';

/** The platform's names; each says what goes on without its words. */
const icons: Record<Shown['what'], string> = {
  phone: 'call',
  ringing: 'incoming_call',
  calling: 'outbound_call',
  onCall: 'dialing', // a handset with sound
  wrapUp: 'clock',
  missed: 'missed_call',
  failed: 'warning',
  silent: 'warning',
};

/** Characters of a name in the bar, which has room for few. */
const most = 40;
const short = (who: string): string => (who.length > most ? `${who.slice(0, most - 1).trimEnd()}…` : who);

/** How long decoration waits, milliseconds: the console carries out one thing after another, and the caller's record comes first. */
const recordFirst = 40;

/** The softphone's item in the console's bar, and its panel. Decoration: that the console refuses it stops nothing. */
export class Bar {
  private readonly waiting = new Map<'panel' | 'label' | 'icon', (c: Console) => Promise<void> | undefined>();

  constructor(
    private readonly console: Console | null,
    private readonly refused: (why: unknown) => void,
  ) {}

  ready(): void {
    this.tell((c) => c.ready());
  }

  showPanel(): void {
    this.later('panel', (c) => c.panel?.show());
  }

  /** Numbers become links, or text again. */
  link(on: boolean): void {
    this.tell((c) => c.clickToDial?.enable(on));
  }

  /** Who is at the other end, or their number as people write it. */
  label({ what, number, name }: Shown): void {
    const who = short(name || number || (what === 'silent' ? '' : say('bar.withheld')));
    const words = what === 'phone' ? say('bar.phone') : say(`bar.${what}`, { who });
    this.later('label', (c) => c.panel?.setLabel(words));
    this.later('icon', (c) => c.panel?.setIcon(icons[what]));
  }

  /** Of several that come close together the last counts. */
  private later(part: 'panel' | 'label' | 'icon', what: (c: Console) => Promise<void> | undefined): void {
    if (this.waiting.size === 0) setTimeout(() => this.decorate(), recordFirst);
    this.waiting.set(part, what);
  }

  private decorate(): void {
    const all = [...this.waiting.values()];
    this.waiting.clear();
    for (const what of all) this.tell(what);
  }

  private tell(what: (c: Console) => Promise<void> | undefined): void {
    if (this.console) what(this.console)?.catch(this.refused);
  }
}
