import { element } from './dom.ts';
import type { Agent, Endpoint } from './streams.ts';
import { readable } from './view.ts';

/** Asks for the destinations that the agent's queues have at hand. */
export const quickConnectsOf = (agent: Agent): Promise<Endpoint[]> =>
  new Promise((done, failed) => {
    agent.getEndpoints(agent.getAllQueueARNs(), { success: ({ endpoints }) => done(endpoints), failure: failed });
  });

/** What quick connects need of the panel. */
export interface Asking {
  list(): Promise<Endpoint[]>;
  connect(to: Endpoint): void;
}

/** The list of quick connects, asked for anew whenever it is opened. A number is called; other kinds are for transfers only. */
export class QuickConnects {
  readonly view = element('section', { class: 'quick', 'aria-label': 'Quick connects', hidden: '' });

  constructor(private readonly asking: Asking) {}

  toggle(): void {
    this.view.hidden = !this.view.hidden;
    if (!this.view.hidden) void this.fill();
  }

  private async fill(): Promise<void> {
    this.say('Loading…');
    try {
      const all = (await this.asking.list()).sort((a, b) => a.name.localeCompare(b.name));
      if (all.length === 0) this.say('Your queues have no quick connects.');
      else this.view.replaceChildren(element('ul', {}, ...all.map((one) => element('li', {}, this.button(one)))));
    } catch {
      this.say('The quick connects could not be read. Try again.');
    }
  }

  private say(text: string): void {
    this.view.replaceChildren(element('p', { role: 'status' }, text));
  }

  private button(to: Endpoint): HTMLButtonElement {
    const isNumber = to.type === 'phone_number';
    const detail = isNumber ? readable(to.phoneNumber ?? '') : `${to.type}: for transfers only`;
    const button = element(
      'button',
      { type: 'button' },
      element('strong', {}, to.name),
      ' ',
      element('span', {}, detail),
    );
    button.disabled = !isNumber;
    button.addEventListener('click', () => {
      this.view.hidden = true;
      this.asking.connect(to);
    });
    return button;
  }
}
