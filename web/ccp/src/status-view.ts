/** The agent as the contact centre's snapshot and configuration have them. */
export interface AgentFacts {
  state: string;
  type: string;
  since: number;
  /** The status that follows the contact, if one was chosen. */
  next: string | null;
  choices: readonly StatusChoice[];
  mayDial: boolean;
}

export interface StatusChoice {
  arn: string;
  name: string;
  type: string;
}

export type Tone = 'ready' | 'busy' | 'away' | 'error';

/** What the panel's head shows. */
export interface StatusView {
  label: string;
  tone: Tone;
  since: number;
  next: string | null;
  choices: readonly { arn: string; name: string; current: boolean }[];
}

/** The service's own states, in people's words. */
const labels: Record<string, string> = {
  Init: 'Starting',
  Busy: 'On contact',
  AfterCallWork: 'After contact work',
  CallingCustomer: 'Calling',
  Dialing: 'Calling',
  PendingAvailable: 'Pending',
  PendingBusy: 'Incoming',
  MissedCallAgent: 'Missed call',
  AgentHungUp: 'Agent hung up',
  FailedConnectAgent: 'Could not connect you',
  FailedConnectCustomer: 'Could not reach them',
  LineEngagedAgent: 'Your line was engaged',
  LineEngagedCustomer: 'Their line was engaged',
  MissedCallCustomer: 'They did not answer',
  BadAddressAgent: 'Your number is wrong',
  BadAddressCustomer: 'Number cannot be called',
  MultipleCcpWindows: 'Panel open elsewhere',
  RealtimeCommunicationError: 'Audio error',
};

export function viewStatus(agent: AgentFacts): StatusView {
  return {
    label: labels[agent.state] ?? agent.state,
    tone: toneOf(agent.type),
    since: agent.since,
    next: agent.next,
    choices: agent.choices.map((c) => ({ arn: c.arn, name: c.name, current: c.name === agent.state })),
  };
}

function toneOf(type: string): Tone {
  if (type === 'routable') return 'ready';
  if (type === 'error') return 'error';
  return type === 'system' ? 'busy' : 'away';
}
