/// <reference types="amazon-connect-streams" />
import { memberOf } from './dial-refusal.ts';
import type { AgentDetails, Endpoint, Hand, Status } from './telephony.ts';
import type { SetStatus } from './wire/read.ts';
import { Refused } from './words.ts';

/** Calls to the contact centre do not call back when the session is gone. */
const answerWithin = 14_000;
const maxEndpoints = 500;
/** Of what the panel has logged, bytes as a message carries them. */
const maxLogs = 200_000;

/** A no in our own words, for who looks into a flow's run. */
const no = (said: string): Refused => new Refused('command.own', { said });

const notSignedIn = 'The agent is not signed in to the contact centre.';

/** What can be done as the agent whom the library shows; null while nobody is signed in. */
export function streamsHand(now: () => connect.Agent | null): Hand {
  const signedIn = (): connect.Agent => {
    const agent = now();
    if (!agent) throw no(notSignedIn);
    return agent;
  };
  const contact = (id: string): connect.Contact => {
    const found = signedIn()
      .getContacts()
      .find((c) => c.getContactId() === id);
    if (!found) throw no('The contact is not with the agent any more.');
    return found;
  };
  return {
    agent: async () => detailsOf(signedIn()),
    setStatus: async (s) => {
      const agent = signedIn();
      const status = statusOf(agent, s);
      // With a contact open it is what comes after it.
      await answered((done) => agent.setState(status, done, { enqueueNextState: agent.getContacts().length > 0 }));
    },
    mute: async (on) => {
      const agent = signedIn();
      if (!agent.getContacts().some((c) => c.isConnected())) throw no('The agent has no call that could be muted.');
      if (on) agent.mute();
      else agent.unmute();
    },
    endpoints: async (queueARN) => {
      const agent = signedIn();
      const queues = queueARN === '' ? agent.getAllQueueARNs() : [queueARN];
      const got = await answered<{ endpoints: connect.Endpoint[] }>((done) => agent.getEndpoints(queues, done));
      return (got?.endpoints ?? []).slice(0, maxEndpoints).map(endpointOf);
    },
    changePhone: async ({ softphone, extension }) => {
      const agent = signedIn();
      const before = agent.getConfiguration();
      const after = {
        ...before,
        softphoneEnabled: softphone,
        extension: extension === '' ? before.extension : extension,
      };
      await answered((done) => agent.setConfiguration(after, done));
    },
    logs: async () => logs(),
    hangUp: async (id) => {
      const on = contact(id);
      if (isOver(on)) throw no('The contact is over: clear it instead.');
      const connection = on.getAgentConnection();
      await answered((done) => connection.destroy(done));
    },
    clear: async (id) => {
      const over = contact(id);
      if (!isOver(over)) throw no(`Only a contact that is over can be cleared; this one is ${over.getState().type}.`);
      await answered((done) => over.clear(done));
    },
  };
}

/** States in which nothing is left of a contact but what the agent has to wrap up. */
const isOver = (c: connect.Contact): boolean => ['ended', 'missed', 'rejected', 'error'].includes(c.getState().type);

interface Done<T> {
  success(value?: T): void;
  failure(error?: string): void;
}

/** How an answer that is none is told: nothing came in time, or the contact centre refused. */
interface Nos {
  within: number;
  late: () => Refused;
  refused: (error: string) => Refused;
}

const ofHand: Nos = {
  within: answerWithin,
  late: () => no('The contact centre did not answer.'),
  refused: (error) => no(refusal(error)),
};

/** Asks the contact centre, and waits for its answer as long as it may take. */
export function answered<T = unknown>(ask: (done: Done<T>) => void, nos = ofHand): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(nos.late()), nos.within);
    ask({
      success: (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      failure: (error) => {
        clearTimeout(timer);
        reject(nos.refused(error ?? ''));
      },
    });
  });
}

function detailsOf(agent: connect.Agent): AgentDetails {
  const c = agent.getConfiguration();
  const state = agent.getState();
  return {
    name: c.name,
    username: c.username,
    state: { ...plain(state), startTimestamp: new Date(state.startTimestamp).toISOString() },
    softphoneEnabled: c.softphoneEnabled,
    softphoneAutoAccept: c.softphoneAutoAccept,
    extension: c.extension ?? '',
    routingProfile: c.routingProfile.name,
    agentStates: agent.getAgentStates().map(plain),
    dialableCountries: [...agent.getDialableCountries()],
    mayDialOut: agent.getPermissions().includes('outboundCall'),
  };
}

const plain = (s: { name: string; type: string; agentStateARN: string | null }): Status => ({
  name: s.name,
  type: s.type,
  agentStateARN: s.agentStateARN ?? '',
});

/** Only what agents can choose themselves is listed: what the contact centre sets by itself is none of it. */
function statusOf(agent: connect.Agent, { arn, name, routable }: SetStatus): connect.AgentStateDefinition {
  const all = agent.getAgentStates();
  const found = all.find((s) =>
    arn !== ''
      ? s.agentStateARN === arn
      : name !== ''
        ? s.name === name
        : routable && s.type === connect.AgentStateType.ROUTABLE,
  );
  if (!found) throw no(`There is no status ${name === '' ? arn : name} that an agent can choose.`);
  return found;
}

function endpointOf(e: connect.Endpoint): Endpoint {
  const text = (name: string): string | null => {
    const value: unknown = Reflect.get(e, name);
    return typeof value === 'string' ? value : null;
  };
  return {
    endpointARN: text('endpointARN'),
    endpointId: text('endpointId'),
    type: text('type') ?? '',
    name: text('name'),
    phoneNumber: text('phoneNumber'),
    agentLogin: text('agentLogin'),
    queue: text('queue'),
  };
}

/** The published types do not name where the library keeps its lines. */
function logs(): string {
  const log: unknown = connect.getLog();
  const kept = (name: string): unknown[] => {
    const entries: unknown = typeof log === 'object' && log !== null ? Reflect.get(log, name) : null;
    return Array.isArray(entries) ? entries : [];
  };
  const bytes = new TextEncoder();
  const lines: string[] = [];
  let size = 0;
  for (const entry of [...kept('_rolledLogs'), ...kept('_logs')].reverse()) {
    const line = lineOf(entry);
    size += bytes.encode(JSON.stringify(line)).length;
    if (size > maxLogs) break;
    lines.push(line);
  }
  return lines.reverse().join('\n');
}

function lineOf(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return '';
  const part = (name: string) => String(Reflect.get(entry, name) ?? '');
  const time = new Date(Number(Reflect.get(entry, 'time')));
  return `${Number.isNaN(time.getTime()) ? '' : time.toISOString()} ${part('level')} ${part('text')}`.trim();
}

/** A queue of the agent's by its ARN, its id or its name; what is none of these goes as it is, and is for the contact centre to judge. */
export function queueOf(agent: connect.Agent, given: string): string {
  const queues = agent.getConfiguration().routingProfile?.queues ?? [];
  const found =
    queues.find((q) => q.queueARN === given || q.queueARN.endsWith(`/${given}`)) ??
    queues.find((q) => q.name === given);
  return found?.queueARN ?? given;
}

/** What the service said of a refusal. After its end the library hands over what is no text. */
function refusal(error: unknown): string {
  const said =
    typeof error === 'string' ? (memberOf(error, ['message', 'errorMessage', 'type', 'errorType']) ?? error) : '';
  return said === '' ? 'The contact centre refused.' : said;
}
