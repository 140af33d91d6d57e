// What the softphone page finds around itself in the part `loss`: as much of Open CTI and of the contact centre's library as it touches.
// What a console or a panel would do is asked of the bench; what happens at the contact centre comes by window.bench.
const ask = async (what, body) => {
  const answer = await fetch(`/do/${what}`, { method: 'POST', body: JSON.stringify(body ?? {}) });
  const { value, problem } = await answer.json();
  if (problem) throw new Error(problem);
  return value;
};

let clicked = () => {};
const by = (what) => ({ callback, ...args }) =>
  void ask(what, args).then(
    (returnValue) => callback({ success: true, returnValue }),
    (e) => callback({ success: false, errors: [{ description: e.message }] }),
  );
const quiet = ({ callback } = {}) => callback?.({ success: true, returnValue: {} });
window.sforce = {
  opencti: {
    SCREENPOP_TYPE: { SOBJECT: 'sobject' },
    getAppViewInfo: quiet,
    isSoftphonePanelVisible: quiet,
    notifyInitializationComplete: quiet,
    onNavigationChange: () => {},
    onClickToDial: ({ listener }) => (clicked = listener),
    enableClickToDial: quiet,
    disableClickToDial: quiet,
    searchAndScreenPop: by('search'),
    screenPop: by('screenPop'),
    getSoftphoneLayout: by('softphoneLayout'),
    refreshView: quiet,
    setSoftphonePanelVisibility: quiet,
    setSoftphonePanelLabel: quiet,
    setSoftphonePanelIcon: quiet,
    setSoftphoneItemLabel: quiet,
    setSoftphoneItemIcon: quiet,
  },
};

const ears = new Map();
const on = (name, ear) => {
  ears.set(name, [...(ears.get(name) ?? []), ear]);
  return { unsubscribe: () => {} };
};
const fire = (name, payload) => {
  for (const ear of ears.get(name) ?? []) ear(payload);
};

const contactEvents = ['Incoming', 'Connecting', 'Pending', 'Accepted', 'Connected', 'Refresh', 'Missed', 'Ended', 'Destroy'];

/** A contact as the library shows it. */
function shown(data) {
  const heard = new Map();
  const contact = {
    data,
    fire: (event) => heard.get(event)?.(),
    getContactId: () => contact.data.contactId,
    getInitialContactId: () => contact.data.contactId,
    getType: () => contact.data.type,
    getState: () => ({ type: contact.data.state, timestamp: new Date(contact.data.since) }),
    isInbound: () => contact.data.inbound,
    isConnected: () => contact.data.state === 'connected',
    isSoftphoneCall: () => true,
    getAgentConnection: () => ({ getConnectionId: () => `of ${contact.data.contactId}` }),
    getInitialConnection: () => ({ getEndpoint: () => ({ phoneNumber: contact.data.phoneNumber }) }),
    getQueue: () => ({ name: contact.data.queueName, queueARN: '' }),
    getAttributes: () => ({}),
    _getData: () => ({ initiationMethod: contact.data.initiationMethod }),
  };
  for (const e of contactEvents) contact[`on${e}`] = (ear) => heard.set(`on${e}`, ear);
  return contact;
}

let told = null; // the latest list that the bench has told, before the panel is there
let contacts = null; // by id, once it is
const state = { name: 'Available', type: 'routable', startTimestamp: new Date() };
const agent = {
  getConfiguration: () => window.who,
  getState: () => state,
  getNextState: () => null,
  getContacts: () => [...contacts.values()],
  getAgentStates: () => [],
  connect: (number, done) =>
    void ask('dial', { number }).then(
      () => done.success(),
      (e) => done.failure(JSON.stringify({ message: e.message })),
    ),
};
for (const n of ['StateChange', 'Refresh', 'Routable', 'NotRoutable', 'Offline', 'Error', 'AfterCallWork', 'SoftphoneError'])
  agent[`on${n}`] = (ear) => on(`agent ${n}`, ear);

/** The library's first snapshot comes a moment after the panel, and tells what is on all in one go. */
async function begin() {
  await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 500));
  const first = await ask('snapshot');
  const all = told ?? first;
  contacts = new Map(all.map((c) => [c.contactId, shown(c)]));
  fire('initialised');
  fire('agent', agent);
  const events = all.map((c) => ({ id: c.contactId, event: c.event }));
  for (const contact of contacts.values()) {
    fire('contact', contact);
    contact.fire(contact.data.event);
    if (contact.data.event === 'onMissed') contact.fire('onEnded');
  }
  await ask('saw', { events });
}

window.connect = {
  core: {
    initCCP: () => void begin(),
    onInitialized: (ear) => on('initialised', ear),
    onIframeRetriesExhausted: () => {},
    onSoftphoneSessionInit: () => {},
    onAuthFail: () => {},
    getEventBus: () => ({ subscribe: on }),
    upstream: { onUpstream: on },
  },
  storageAccess: { onRequest: () => ({ unsubscribe: () => {} }) },
  getLog: () => ({ setEchoLevel: () => {} }),
  LogLevel: {},
  MasterTopics: { SOFTPHONE: 'softphone' },
  EventType: { TERMINATED: 'terminated', ACKNOWLEDGE: 'acknowledge', TERMINATE: 'terminate' },
  AgentStateType: { OFFLINE: 'offline' },
  ContactType: { VOICE: 'voice' },
  Endpoint: { byPhoneNumber: (n) => n },
  agent: (ear) => on('agent', ear),
  contact: (ear) => on('contact', ear),
};

window.bench = {
  /** All contacts as they are now, and what has just happened to one of them; whether the page heard of it. */
  happens(all, id, events) {
    const isGone = events.includes('onDestroy');
    told = isGone ? all.filter((c) => c.contactId !== id) : all;
    if (!contacts) return false;
    for (const data of all) {
      const known = contacts.get(data.contactId);
      if (known) known.data = data;
      else {
        contacts.set(data.contactId, shown(data));
        fire('contact', contacts.get(data.contactId));
      }
    }
    for (const e of events) contacts.get(id)?.fire(e);
    if (isGone) contacts.delete(id);
    return true;
  },
  clicks: (payload) => clicked(payload),
};
