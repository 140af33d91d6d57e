import './panel.css';
import { beginAgain } from './audio.ts';
import { askForMicrophone, watchMicrophone } from './microphone.ts';
import { Panel } from './panel.ts';
import { install, sessions } from './softphone.ts';
import { type Agent, type Callbacks, type Contact, streams } from './streams.ts';
import { type Action, dialable, view } from './view.ts';

const root = document.querySelector<HTMLElement>('#panel');

/**
 * A sign-in popup shows that it is done and starts no second softphone; the page that opened it closes it. The library calls its own
 * `loginPopup`; any other window is a panel like all.
 */
const isPopup = window.opener !== null && window.parent === window && /(log|sign)-?in/i.test(window.name);

async function main(page: HTMLElement): Promise<void> {
  if (isPopup) {
    page.textContent = 'You are signed in. You can close this window.';
    page.className = 'done';
    return;
  }
  const response = await fetch('/ccp-v2/session');
  if (!response.ok) {
    window.location.assign('/login?destination=/ccp-v2/');
    return;
  }
  const session: Record<string, string> = await response.json();
  start(page, session);
}

function start(page: HTMLElement, session: Record<string, string>): void {
  const { core } = streams();
  let agent: Agent | undefined;
  let muted = false;

  const told: Callbacks = { failure: (e) => panel.say(reason(e)) };
  const current = (): Contact | undefined => {
    const all = agent?.getContacts() ?? [];
    return all.find((c) => ['connecting', 'connected', 'incoming'].includes(c.getStatus().type)) ?? all[0];
  };
  const panel = new Panel(page, {
    choose: (name) => {
      const state = agent?.getAgentStates().find((s) => s.name === name);
      if (state) agent?.setState(state, told, { enqueueNextState: true });
    },
    act: (action) => act(action, current()),
    dial: (text) => {
      const number = dialable(text);
      if (!number) panel.say('Enter a whole number, with its country code or ten digits.');
      else agent?.connect(streams().Endpoint.byPhoneNumber(number), told);
    },
    digits: (keys) => current()?.getInitialConnection()?.sendDigits(keys, told),
    logOut: () => void logOut(),
  });

  function act(action: Action, contact: Contact | undefined): void {
    if (!contact) return;
    switch (action) {
      case 'accept':
        contact.accept(told);
        break;
      case 'reject':
        contact.reject(told);
        break;
      case 'end':
        contact.getAgentConnection().destroy(told);
        break;
      case 'hold':
        contact.getInitialConnection()?.hold(told);
        break;
      case 'resume':
        for (const leg of [contact.getInitialConnection(), contact.getAgentConnection()])
          if (leg?.getStatus().type === 'hold') leg.resume(told);
        break;
      case 'mute':
        if (muted) agent?.unmute();
        else agent?.mute();
        break;
      case 'clear':
        contact.clear(told);
        break;
      case 'keypad':
        break;
      default:
        action satisfies never;
    }
  }

  async function logOut(): Promise<void> {
    await fetch('/logout', { redirect: 'manual' }).catch(() => undefined);
    core.getUpstream().sendUpstream(streams().EventType.TERMINATE);
  }

  const again = () => {
    panel.withdraw();
    beginAgain(current(), core.softphoneManager);
  };
  const refused = () => panel.offer(problems.microphone_not_shared ?? '', 'Try again', again);
  // Told before the first call; a person who allows it in the browser's own settings need not press anything here.
  void watchMicrophone(navigator.permissions, (leave) => {
    if (leave === 'granted') again();
    else if (leave === 'denied') refused();
    else
      panel.offer(microphoneWanted, 'Allow microphone', () => {
        void askForMicrophone(navigator.mediaDevices).then((allowed) => (allowed ? again() : refused()));
      });
  });

  install();
  // Where the softphone plays what it hears; it finds the element by this name.
  const audio = new Audio();
  audio.id = 'remote-audio';
  audio.autoplay = true;
  document.body.append(audio);
  // The library's softphone asks a provider that only host pages have; without one muting does nothing.
  core._amazonConnectProviderData = {
    isStreamsProvider: false,
    provider: {
      id: 'panel',
      config: {},
      getProxy: () => ({ subscribe() {}, unsubscribe() {}, request: () => new Promise(() => {}) }),
    },
  };
  core.initSharedWorker({ ...session, sharedWorkerUrl: '/ccp-v2/worker.js' });
  core.initPageOptions({});
  core.initApiProxyService();
  core.initRingtoneEngines({
    ringtone: {
      voice: { ringtoneUrl: '/ccp-v2/ring.wav' },
      queue_callback: { ringtoneUrl: '/ccp-v2/ring.wav' },
      additionalVoice: { disabled: true },
    },
  });
  core.initSoftphoneManager({ allowFramedSoftphone: true });
  core.getUpstream().onUpstream(streams().EventType.CONFIGURE, () => {
    core.hasReceivedCRMConfigure = true;
  });
  if (window.parent !== window) core.checkIfConfigureReceived(core.getUpstream());

  streams().agent((a) => {
    agent = a;
    const draw = () => panel.draw(view(a, Date.now()));
    a.onRefresh(draw);
    a.onMuteToggle((m) => {
      muted = m.muted;
      for (const session of sessions.values()) session.setMuted(muted);
      panel.setMuted(muted);
    });
    a.onSoftphoneError((e) => {
      const kind = e.errorType ?? '';
      if (kind === 'microphone_not_shared' || kind === microphoneFailed) {
        refused();
      } else if (!sessions.has(current()?.contactId ?? '')) {
        panel.say(problems[kind] ?? `The softphone has a problem: ${e.errorMessage ?? kind}`);
      }
    });
    draw();
  });
}

/** The second report of one failure has the reason's own words for its type. */
const microphoneFailed = 'GUM Other Failure';

const microphoneWanted =
  'Calls need your microphone. Press Allow microphone, then allow it for this site when the browser asks.';

const problems: Record<string, string> = {
  microphone_not_shared:
    'Your microphone cannot be used. Connect one, allow it for this site in the browser’s address bar, then press Try again: a call that rings can still be taken.',
  ice_collection_timeout: 'Your browser found no way to the contact centre’s audio. Check the network, then try again.',
  signalling_handshake_failure: 'The contact centre did not answer in time. Try again.',
  user_busy_error: 'Your audio is in use in another tab.',
};

/** Failure callbacks give text of JSON, or a word. */
function reason(error: unknown): string {
  const text = String(error);
  const found = /"message":"([^"]+)"/.exec(text)?.[1];
  return found ? `That did not work: ${found}.` : 'That did not work. Try again.';
}

if (root) {
  root.textContent = 'Connecting…';
  void main(root).catch(() => {
    root.textContent = 'The contact centre does not answer. Reload this page to try again.';
  });
}
