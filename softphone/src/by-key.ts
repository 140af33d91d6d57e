import { KeysPanel } from './keys-panel.ts';
import { foremost } from './page-calls.ts';
import type { PageState } from './page-state.ts';
import { type Act, actOf, KeyStore, type Keys } from './shortcuts.ts';
import type { Telephony } from './telephony.ts';
import { Refused, say } from './words.ts';

export interface ByKeyConfig {
  page: Document;
  storage: Storage;
  user: string;
  telephony: Pick<Telephony, 'accept' | 'end'>;
  state(): PageState;
  /** The agent has chosen other keys. */
  changed(): void;
  /** Why nothing was done. */
  refused(why: Refused): void;
}

/** Answers and ends the call in front by keys, which the agent chooses. */
export class ByKey {
  readonly panel: KeysPanel;
  private keys: Keys;

  constructor(private readonly c: ByKeyConfig) {
    const store = new KeyStore(c.storage, c.user);
    this.keys = store.read();
    this.panel = new KeysPanel(c.page, this.keys, (keys) => {
      this.keys = keys;
      store.change(keys);
      c.changed();
    });
  }

  listen(): void {
    this.c.page.addEventListener('keydown', (e) => this.pressed(e), { capture: true });
  }

  /** What the keys can do at the moment, to be read beside the call; empty for nothing. */
  get hint(): string {
    const { accept, end } = this.keys;
    const can = this.possible();
    if (can === 'accept') return accept && say('keys.answers', { keys: accept });
    return can === 'end' ? end && say('keys.ends', { keys: end }) : '';
  }

  private possible(): Act | null {
    switch (foremost(this.c.state())?.what) {
      case 'ringing':
        return 'accept';
      case 'onCall':
      case 'calling':
        return 'end';
      default:
        return null;
    }
  }

  private pressed(e: KeyboardEvent): void {
    if (this.panel.isAsking || this.c.state().signIn.at !== 'in') return;
    const act = actOf(this.keys, e);
    if (act === null) return;
    e.preventDefault();
    e.stopPropagation();
    void this.act(act);
  }

  private async act(act: Act): Promise<void> {
    const { telephony, refused, state } = this.c;
    const call = foremost(state());
    if (!call || this.possible() !== act) {
      refused(new Refused(act === 'accept' ? 'act.nothing' : 'act.noCall'));
      return;
    }
    try {
      await telephony[act](call.contactId);
    } catch (e) {
      refused(e instanceof Refused ? e : new Refused('act.refused', {}, String(e)));
    }
  }
}
