import type { Memory } from './memory.ts';
import { probe } from './probe.ts';
import { ccpAddress, httpUrl, type PageSettings } from './settings.ts';
import { type Effect, next, type SignIn, type SignInEvent } from './sign-in.ts';
import { SignInWindow } from './sign-in-window.ts';
import { storagePage } from './storage-page.ts';
import { loadTimeout, type StorageAccess, type Telephony } from './telephony.ts';

/** A panel that has loaded and stays silent shows the sign-in page: it is loaded again after so long, at most so often. */
const silentFor = 1_000;
const maxReloads = 300;
/** The page that asks for cookies speaks as soon as it has loaded; one that may not be shown here never does. */
const muteAfter = 2_000;

export interface EntryConfig {
  page: Window;
  /** Names this page load to the adapter. */
  pageId: string;
  settings: PageSettings;
  memory: Memory;
  telephony: Telephony;
  /** Where the panel goes. */
  box: HTMLElement;
  /** The adapter knows the agent: there is a session. */
  known(session: string): void;
  /** The browser does not let the window open, of an agent who is already in. */
  blocked(): void;
  changed(s: SignIn): void;
}

/** The agent's way in: carries out what the rules of signing in say, in the window and in the panel. */
export class Entry {
  private signIn: SignIn = { at: 'out', message: null };
  private access: StorageAccess = 'held';
  private exhausted = false;
  private silence: ReturnType<typeof setInterval> | undefined;
  private reload: ReturnType<typeof setTimeout> | undefined;
  private reloads = 0;
  private mute: ReturnType<typeof setTimeout> | undefined;
  private readonly window: SignInWindow;

  constructor(private readonly c: EntryConfig) {
    const adapter = c.settings.adapterUrl === '' ? '' : new URL(c.settings.adapterUrl).origin;
    this.window = new SignInWindow(
      c.page,
      adapter,
      (h) => {
        const ccpUrl = h.ccpUrl === '' ? this.ccpUrl() : ccpAddress(h.ccpUrl);
        // Who is in at the contact centre signs in to the adapter alone: the shift goes on.
        const since = this.signIn.at === 'in' ? {} : { since: Date.now() };
        c.memory.change({ session: h.session, ccpUrl, settings: h.settings, ...since });
        c.known(h.session);
        if (ccpUrl === '') this.window.close();
        this.happen({ type: ccpUrl === '' ? 'windowClosed' : 'handedOver' });
        return ccpUrl === '' ? '' : this.loginUrl() || ccpUrl;
      },
      () => this.happen({ type: 'windowClosed' }),
    );
    c.box.addEventListener('load', () => this.panelLoaded(), { capture: true });
    c.box.addEventListener('load', () => this.listen(), { capture: true });
  }

  get state(): SignIn {
    return this.signIn;
  }

  /** The panel waits for the agent to let it have its cookies. */
  get waitsForCookies(): boolean {
    return this.access !== 'held' && (this.signIn.at === 'resuming' || this.signIn.at === 'window');
  }

  /** Goes on where the page was before it was loaded again. */
  resume(): void {
    if (this.c.memory.read().since > 0 && this.ccpUrl() !== '') this.happen({ type: 'resume' });
  }

  click(adapterAway: boolean): void {
    this.happen({ type: 'clicked', adapterAway, ccpKnown: this.ccpUrl() !== '' });
  }

  /** The agent has signed in to the contact centre in another tab: the panel here may open too. */
  signedInElsewhere(): void {
    if (this.signIn.at !== 'out') return;
    const isShown = this.c.box.querySelector('iframe') !== null;
    this.resume();
    if (isShown) this.c.telephony.reload(this.c.box, this.ccpUrl());
  }

  acknowledged(): void {
    this.exhausted = false;
    if (this.signIn.at === 'window') this.c.memory.change({ panelAt: Date.now() });
    this.happen({ type: 'acknowledged' });
  }

  ended(): void {
    this.exhausted = false;
    this.happen({ type: 'ended' });
  }

  gaveUp(): void {
    this.exhausted = true;
  }

  storage(access: StorageAccess): void {
    clearTimeout(this.mute);
    this.access = access;
    this.c.changed(this.signIn);
  }

  ccpUrl(): string {
    return this.c.memory.read().ccpUrl || ccpAddress(this.c.settings.ccpUrl);
  }

  /** Where the agent signs in to the panel, if not there. */
  private loginUrl(): string {
    return httpUrl(this.c.memory.read().settings?.loginUrl ?? '');
  }

  private happen(e: SignInEvent): void {
    const { state, effects } = next(this.signIn, e);
    this.signIn = state;
    for (const effect of effects) this.carryOut(effect);
    if (this.signIn.at === 'in' || this.signIn.at === 'out') clearInterval(this.silence);
    this.c.changed(this.signIn);
  }

  private carryOut(effect: Effect): void {
    const { page, settings, memory, telephony, box } = this.c;
    switch (effect) {
      case 'openAdapterSignIn': {
        if (settings.adapterUrl === '') {
          this.happen({ type: 'windowClosed' });
          return;
        }
        const query = new URLSearchParams({ origin: page.location.origin, page: this.c.pageId, user: settings.userId });
        this.openWindow(`${settings.adapterUrl}/auth/start?${query}`);
        return;
      }
      case 'openCcpSignIn':
        memory.change({ ccpUrl: this.ccpUrl(), since: Date.now() });
        this.openWindow(this.loginUrl() || this.ccpUrl());
        return;
      case 'showCcp':
        this.showCcp();
        return;
      case 'reloadCcp':
        telephony.reload(box, this.ccpUrl());
        return;
      case 'closeWindow':
        this.window.close();
        return;
      case 'probeCcp':
        void probe(page, this.ccpUrl()).then((reach) => this.happen({ type: 'probed', answers: reach !== 'silent' }));
        return;
      default:
        effect satisfies never;
    }
  }

  private openWindow(url: string): void {
    if (this.window.open(url)) return;
    if (this.signIn.at === 'in') this.c.blocked();
    this.happen({ type: 'blocked' });
  }

  private showCcp(): void {
    const { memory, telephony, box } = this.c;
    const url = this.ccpUrl();
    telephony.show(box, url, memory.read().settings);
    if (this.exhausted) telephony.reload(box, url);
    this.reloads = 0;
    clearTimeout(this.mute);
    this.mute = undefined;
    this.panelLoaded();
    clearInterval(this.silence);
    this.silence = setInterval(() => {
      if (this.access !== 'held') return; // it waits for the agent
      if (this.exhausted) telephony.reload(box, url);
      this.happen({ type: 'silent' });
    }, loadTimeout + 500);
  }

  /** From the first time that something has loaded. */
  private listen(): void {
    if (storagePage(this.ccpUrl()) === '') return;
    this.mute ??= setTimeout(() => this.happen({ type: 'mute' }), muteAfter);
  }

  /** While the agent signs in in the window, the panel is asked again and again whether that has happened. */
  private panelLoaded(): void {
    clearTimeout(this.reload);
    this.reload = setTimeout(() => {
      if (this.signIn.at !== 'window' || this.reloads >= maxReloads || this.access !== 'held') return;
      this.reloads += 1;
      this.c.telephony.reload(this.c.box, this.ccpUrl());
    }, silentFor);
  }
}
