import '@patchcord/ui/font.css';
import './panel.css';
import { act } from './act.ts';
import { beginAgain } from './audio.ts';
import { AudioDevices } from './audio-devices.ts';
import { EarlyMicrophone, holds, type Wish } from './early-microphone.ts';
import { type Asked, alone, readAsked } from './host.ts';
import { startLibrary } from './library.ts';
import { askForMicrophone, hearStreams, watchMicrophone } from './microphone.ts';
import { MicrophoneOffer } from './microphone-offer.ts';
import { Panel } from './panel.ts';
import { microphoneFailures, problem, reason } from './problems.ts';
import { quickConnectsOf } from './quick-connects.ts';
import { keepRinging } from './ringtone.ts';
import { Settings } from './settings.ts';
import { AudioPart } from './settings-audio.ts';
import { PhonePart, savePhone } from './settings-phone.ts';
import { type OpenMicrophone, sessions } from './softphone.ts';
import { beginWhereAccepted, Sounds } from './sounds.ts';
import { type Agent, type Callbacks, type Contact, streams } from './streams.ts';
import { openLine, Tabs } from './tabs.ts';
import { dialable, foremost, view } from './view.ts';

/** What panels call the microphone when they ask each other for it; a call's sound has the contact's id. */
const microphone = 'microphone';

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
  const isFramed = window.parent !== window;
  let agent: Agent | undefined;
  let muted = false;
  /** What the page around this one has said; after a reload the library knows it before that page says it again. */
  let said = isFramed ? undefined : alone;
  const asked = (): Asked => said ?? readAsked({ softphone: core.softphoneParams });

  const told: Callbacks = { failure: (e) => panel.say(reason(e)) };
  const current = (): Contact | undefined => foremost(agent?.getContacts() ?? []);
  const again = () => beginAgain(current(), core.softphoneManager);

  const devices = new AudioDevices(
    () => localStorage,
    () => {
      audio.draw();
      draw();
    },
  );
  const ask = () => askForMicrophone(navigator.mediaDevices);
  const audio = new AudioPart(devices, { ask, chosen: (use) => agent && devices.apply(agent, use) });
  const phone = new PhonePart((p) => savePhone(agent, p));
  const settings = new Settings(page, { audio, phone });
  const panel = new Panel(
    page,
    {
      choose: (name) => {
        const state = agent?.getAgentStates().find((s) => s.name === name);
        if (state) agent?.setState(state, told, { enqueueNextState: true });
      },
      act: (action) => {
        const contact = current();
        if (action === 'retry') again();
        else if (agent && contact) act(action, contact, agent, muted, told);
      },
      dial: (text) => {
        const number = dialable(text);
        if (!number) panel.say('Enter a whole number, with its country code or ten digits.');
        else agent?.connect(streams().Endpoint.byPhoneNumber(number), told);
      },
      digits: (keys) => current()?.getInitialConnection()?.sendDigits(keys, told),
      logOut: () => void logOut(),
      quickConnects: {
        list: () => (agent ? quickConnectsOf(agent) : Promise.resolve([])),
        connect: (to) => agent?.connect(to, told),
      },
    },
    settings,
  );

  async function logOut(): Promise<void> {
    await fetch('/logout', { redirect: 'manual' }).catch(() => undefined);
    core.getUpstream().sendUpstream(streams().EventType.TERMINATE);
  }

  const offer = new MicrophoneOffer(panel, ask, again);
  const tabs = new Tabs(
    openLine(),
    (what) => (what === microphone ? offer.isGranted : sessions.has(what)),
    (what) => (what === microphone ? offer.opened('elsewhere') : sounds.heard(what)),
  );
  const missing = () => {
    const name = devices.choices.microphone.label || 'Your microphone';
    panel.offer(`“${name}” is not connected: calls use the default microphone.`, 'Close', () => panel.withdraw());
  };
  const early = new EarlyMicrophone((wish) => devices.open(wish.echoCancellation, () => {}));
  const open: OpenMicrophone = async (echoCancellation) => {
    const held = await early.take({ device: devices.of('microphone'), echoCancellation });
    if (held && devices.isGone('microphone')) missing();
    return held ?? devices.open(echoCancellation, missing);
  };
  /** Which microphone is held open before a call. */
  const wish = (a: Agent, isHere: boolean): Wish | undefined => {
    const { allowEarlyGum, echoCancellation } = asked();
    const states = a.getContacts().map((c) => c.getStatus().type);
    const may = isHere && allowEarlyGum && offer.isGranted && core.softphoneManager !== undefined;
    return may && holds(a.getState().type, states) ? { device: devices.of('microphone'), echoCancellation } : undefined;
  };

  function draw(): void {
    const { allowFramedSoftphone, sections } = asked();
    settings.show(sections);
    if (!agent) return;
    const { softphoneEnabled, extension } = agent.getConfiguration();
    const isHere = allowFramedSoftphone && softphoneEnabled;
    offer.need(isHere);
    early.want(wish(agent, isHere));
    phone.update({ softphone: softphoneEnabled, number: extension }, agent.getContacts().length > 0);
    panel.draw(view(agent, Date.now(), allowFramedSoftphone, sounds.look(agent, isHere)));
  }

  hearStreams(navigator.mediaDevices, () => {
    offer.opened('here');
    tabs.tell(microphone);
    void devices.look();
  });
  tabs.ask(microphone);

  void watchMicrophone(navigator.permissions, (leave) => {
    offer.allows(leave);
    void devices.look();
  });
  startLibrary(session, open);
  const sounds = new Sounds((contactId) => tabs.ask(contactId), draw);
  beginWhereAccepted(current);
  core.getUpstream().onDownstream(streams().EventType.CONFIGURE, (data) => {
    if (!isFramed) return;
    core.hasReceivedCRMConfigure = true;
    const isFirst = said === undefined;
    said = readAsked(data);
    if (isFirst) void keepRinging(said.ringtoneUrl); // the library hears the first one only
    draw();
  });
  if (isFramed) core.checkIfConfigureReceived(core.getUpstream());

  streams().agent((a) => {
    agent = a;
    a.onRefresh(draw);
    a.onMuteToggle((m) => {
      muted = m.muted;
      for (const session of sessions.values()) session.setMuted(muted);
      panel.setMuted(muted);
    });
    a.onLocalMediaStreamCreated(() => {
      if (sessions.size === 0) return; // the audio of another tab
      devices.applyChosen(a, 'microphone', 'speaker'); // the library has just put the default microphone there
    });
    a.onSoftphoneError((e) => {
      const kind = e.errorType ?? '';
      const found = problem(kind, e.errorMessage ?? '', streams().isFirefoxBrowser());
      const isCallsOwn = sounds.fails(current(), found);
      if (microphoneFailures.includes(kind)) offer.failed();
      else if (!isCallsOwn && !sessions.has(current()?.contactId ?? '')) panel.say(found.text);
      draw();
    });
    draw();
  });
  streams().contact(() => {
    if (agent) devices.applyChosen(agent, 'ringer');
  });
}

if (root) {
  root.textContent = 'Connecting…';
  void main(root).catch(() => {
    root.textContent = 'The contact centre does not answer. Reload this page to try again.';
  });
}
