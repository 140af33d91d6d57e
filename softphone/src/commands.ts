import type { Console, Omni } from './console.ts';
import type { Refresher } from './refresher.ts';
import { Remembered } from './remembered.ts';
import type { Telephony } from './telephony.ts';
import {
  type Choose,
  type Command,
  type CommandBody,
  commandKinds,
  type OmniAsk,
  type PanelChange,
  type Question,
  type Result,
} from './wire/read.ts';
import { type Code, Refused, say } from './words.ts';

type Plain = 'command.unknown' | 'command.begun' | 'command.forgotten' | 'command.unable' | 'command.late';

/** A result that is a no, with its reason as a code and as a sentence. */
const no = (id: string, outcome: Result['outcome'], code: Plain): Result => ({ id, outcome, error: say(code), code });

/** What commands act upon. */
export interface Hands {
  /** Null while no console answers. */
  console: () => Console | null;
  telephony: Pick<Telephony, 'dial' | 'sees' | 'hand'>;
  refresher: Refresher;
  /** Hears what a platform said itself when it refused. */
  said(what: string): void;
  /** Shows the agent the records among which to choose; none takes the choice away. */
  choose(c: Choose): void;
  ask(q: Question, within: number): Promise<{ confirmed: boolean }>;
  /** Shows the agent a line. */
  alert(message: string): void;
  /** Signs the agent out of the contact centre. */
  signOut(): Promise<void>;
}

/** What was found of customers is not left in storage; a layout, or a page's log, is asked anew rather than kept two hundred times. */
const ofThisPage: ReadonlySet<CommandBody['type']> = new Set([
  'search',
  'softphoneLayout',
  'appView',
  'agent',
  'endpoints',
  'ccpLogs',
  'omni',
  'tabs',
] satisfies CommandBody['type'][]);

/** What only the package's component can do. */
const byDesk: ReadonlySet<CommandBody['type']> = new Set([
  'omni',
  'openTab',
  'closeTab',
  'tabs',
] satisfies CommandBody['type'][]);

const late = Symbol('late');

/**
 * Carries commands out, each once, as the table of their kinds says. One that comes a second time is answered with its first result; one
 * that only asks what became of it is never carried out. What cannot be repeated is marked before it is begun, so that a page that finds
 * the mark without a result knows that it does not know.
 */
export class Commands {
  private readonly running = new Map<string, Promise<Result>>();
  private readonly remembered: Remembered;

  constructor(
    private readonly hands: Hands,
    storage: Storage,
    user: string,
  ) {
    this.remembered = new Remembered(storage, user);
  }

  /** Resolves always: what goes wrong is a result. */
  carryOut(command: Command): Promise<Result> {
    const { id, body } = command;
    const running = this.running.get(id);
    if (running) return running;
    const done = this.remembered.resultOf(id);
    if (done) return Promise.resolve(done);
    if (command.ifRemembered) return Promise.resolve(no(id, 'unable', 'command.forgotten'));
    if (!body) return Promise.resolve(no(id, 'unable', 'command.unknown'));
    const isOnce = !commandKinds[body.type].repeatable;
    if (isOnce && (command.again || this.remembered.isBegun(id)))
      return Promise.resolve(no(id, 'unknown', 'command.begun'));
    const act = actOf(body, this.hands);
    if (!act) return this.later(command, body) ?? Promise.resolve(no(id, 'unable', 'command.unable'));
    if (isOnce) this.remembered.begin(id);
    const result = this.run(id, body, act);
    this.running.set(id, result);
    return result;
  }

  /** What the package's component is needed for waits a moment for it: its console may have been loaded just now. Null for the rest. */
  private later(command: Command, { type }: CommandBody): Promise<Result> | null {
    const comes = byDesk.has(type) ? this.hands.console()?.comes : undefined;
    if (!comes) return null;
    const { id } = command;
    const result = comes().then((there) => {
      this.running.delete(id);
      return there ? this.carryOut(command) : no(id, 'unable', 'command.unable');
    });
    this.running.set(id, result);
    return result;
  }

  /** The session with the adapter is over: its commands do not come again. */
  forget(): void {
    this.remembered.clear();
  }

  private async run(id: string, body: CommandBody, act: () => Promise<unknown>): Promise<Result> {
    const { within, repeatable } = commandKinds[body.type];
    const end = ending(id, act, this.hands.said);
    const first = await Promise.race([end, lateAfter(within, end)]);
    this.running.delete(id);
    if (first !== late) {
      this.remembered.keep(first, ofThisPage.has(body.type));
      return first;
    }
    if (repeatable) return no(id, 'refused', 'command.late');
    void end.then((r) => this.remembered.keep(r, false)); // asked again, it is known after all
    return no(id, 'unknown', 'command.late');
  }
}

async function ending(id: string, act: () => Promise<unknown>, said: Hands['said']): Promise<Result> {
  try {
    const value = await act();
    return { id, outcome: 'done', value: value ?? null };
  } catch (e) {
    if (e instanceof Refused && e.said !== '') said(e.said);
    const { code, args } = refusalOf(e);
    return { id, outcome: 'refused', error: new Refused(code, args).message, code, args };
  }
}

/** The console's own words are quoted, for who looks into a flow's run; no agent is shown them. */
function refusalOf(e: unknown): { code: Code; args: Record<string, string> } {
  if (e instanceof Refused) return e;
  return { code: 'command.refused', args: { said: (e instanceof Error ? e.message : '').slice(0, mostSaid) } };
}

/** Characters. */
const mostSaid = 300;

function lateAfter(within: number, end: Promise<unknown>): Promise<typeof late> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(late), within);
    void end.then(() => clearTimeout(timer));
  });
}

/** How this page does it; null if it cannot, where another page may. */
function actOf(body: CommandBody, hands: Hands): (() => Promise<unknown>) | null {
  const { telephony, refresher } = hands;
  const { needs, within } = commandKinds[body.type];
  const console = hands.console();
  if ((needs === 'console' && !console) || (needs === 'telephony' && !telephony.sees())) return null;
  const { search, pop, layout, refresh, panel, clickToDial, completeWork, omni, tabs } = console ?? {};
  const { hand } = telephony;
  switch (body.type) {
    case 'search':
      return search ? () => search(body.search) : null;
    case 'softphoneLayout':
      return layout ?? null;
    case 'screenPop':
      return pop
        ? () => pop(body.screenPop.type, body.screenPop.params).then(() => popped(body.screenPop.params))
        : null;
    case 'choose':
      return async () => hands.choose(body.choose);
    case 'dial':
      return () => telephony.dial(body.dial.phoneNumber, body.dial.queueARN);
    case 'log':
      return async () => log(body.log);
    case 'refresh':
      return refresh ? () => refresher.refresh(body.refresh.recordId, within, refresh) : null;
    case 'showPanel':
      return panel ? () => panel.show() : null;
    case 'appView':
      return console && (() => console.view());
    case 'refreshView':
      return refresh ?? null;
    case 'panel':
      return panelAct(body.panel, console);
    case 'clickToDial':
      return clickToDial ? () => clickToDial.enable(body.clickToDial.on) : null;
    case 'question':
      return () => {
        panel?.show().catch(() => {}); // it may be open
        return hands.ask(body.question, within - margin);
      };
    case 'alert':
      return async () => hands.alert(body.alert.message);
    case 'completeWork':
      return completeWork ? () => completeWork(body.completeWork) : null;
    case 'omni':
      return omni ? () => omniAct(omni, body.omni) : null;
    case 'openTab':
      return tabs ? () => tabs.open(body.openTab) : null;
    case 'closeTab':
      return tabs ? () => tabs.close(body.closeTab.id) : null;
    case 'tabs':
      return tabs ? () => tabs.all() : null;
    case 'agent':
      return () => hand.agent();
    case 'setStatus':
      return () => hand.setStatus(body.setStatus);
    case 'mute':
      return () => hand.mute(body.mute.on);
    case 'endpoints':
      return () => hand.endpoints(body.endpoints.queueARN);
    case 'phone':
      return () => hand.changePhone(body.phone);
    case 'ccpLogs':
      return () => hand.logs();
    case 'hangUp':
      return () => hand.hangUp(body.hangUp.contactId);
    case 'signOut':
      return () => hands.signOut();
    case 'clearContact':
      return () => hand.clear(body.clearContact.contactId);
    default:
      return body satisfies never;
  }
}

/** What a question needs to be taken away before its command is late, milliseconds. */
const margin = 500;

function omniAct(omni: Omni, { method, statusId = '' }: OmniAsk): Promise<unknown> {
  switch (method) {
    case 'status':
      return omni.status();
    case 'setStatus':
      return omni.setStatus(statusId);
    case 'login':
      return omni.login(statusId);
    case 'logout':
      return omni.logout();
    case 'workload':
      return omni.workload();
    default:
      return method satisfies never;
  }
}

function panelAct(change: PanelChange, console: Console | null): (() => Promise<unknown>) | null {
  const { panel, resize } = console ?? {};
  const { show, height, width } = change;
  if ((show && !panel) || ((height || width) && !resize)) return null;
  return async () => {
    if (height) await resize?.height(height);
    if (width) await resize?.width(width);
    if (show === 'shown') await panel?.show();
    if (show === 'hidden') await panel?.hide();
  };
}

/** What is kept of a pop: the record, and nothing else of what may be a customer's. */
function popped(params: object): { recordId: string } | null {
  const recordId: unknown = Reflect.get(params, 'recordId');
  return typeof recordId === 'string' ? { recordId } : null;
}

function log(line: { level: string; message: string }): void {
  const message = `Patchcord: ${line.message}`;
  if (line.level === 'error') console.error(message);
  else if (line.level === 'warn') console.warn(message);
  else if (line.level === 'debug') console.debug(message);
  else console.info(message);
}
