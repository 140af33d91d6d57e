import type { Console } from './console.ts';
import type { Shown } from './page-calls.ts';
import { strings } from './strings.ts';

/** The softphone's item in the console's bar, and its panel. Decoration: that the console refuses it stops nothing. */
export class Bar {
  constructor(
    private readonly console: Console | null,
    private readonly refused: (why: unknown) => void,
  ) {}

  ready(): void {
    this.tell((c) => c.ready());
  }

  showPanel(): void {
    this.tell((c) => c.panel?.show());
  }

  /** Numbers become links, or text again. */
  link(on: boolean): void {
    this.tell((c) => c.clickToDial?.enable(on));
  }

  label({ what, number }: Shown): void {
    const from = number === '' ? strings.withheld : number;
    const [words, icon] = {
      phone: [strings.phone, 'call'] as const,
      ringing: [strings.ringing(from), 'incoming_call'] as const,
      onCall: [strings.onCall(from), 'end_call'] as const,
      silent: [strings.silent(number), 'warning'] as const,
    }[what];
    this.tell((c) => c.panel?.setLabel(words));
    this.tell((c) => c.panel?.setIcon(icon));
  }

  private tell(what: (c: Console) => Promise<void> | undefined): void {
    if (this.console) what(this.console)?.catch(this.refused);
  }
}
