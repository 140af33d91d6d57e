// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { MessageService } from '../messages/service.ts';
import { AuraView } from './AuraView.tsx';
import { AuraComponent, type MakeToolkit, type Scripts } from './component.ts';
import { type Definition, definition as decode, type Node } from './definition.ts';
import { ApplicationEvents } from './events.ts';
import { messageChannel } from './toolkits/message-channel.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const node = (name: string, attributes: Record<string, string> = {}, ...children: (Node | string)[]): Node => ({
  name,
  attributes,
  text: '',
  children: children.map((c) => (typeof c === 'string' ? { name: '', attributes: {}, children: [], text: c } : c)),
});

const handler = (action: string, on: { name?: string; event?: string; value?: string }) => ({
  name: '',
  event: '',
  value: on.name ? '{!this}' : '',
  action: `{!c.${action}}`,
  ...on,
});

/** A component of a body and a controller, in a console of its own. */
function made(more: Partial<Definition>, controller: Scripts['controller'] = {}, given: Record<string, string> = {}) {
  const definition: Definition = {
    name: 'Desk',
    label: 'Desk',
    attributes: [
      { name: 'text', type: 'String', default: 'Waiting', hasDefault: true },
      { name: 'on', type: 'Boolean', default: 'false', hasDefault: true },
      { name: 'bare', type: 'String', default: '', hasDefault: false },
    ],
    handlers: [],
    body: [],
    scripts: [],
    styled: false,
    ...more,
  };
  const events = new ApplicationEvents();
  const service = new MessageService([{ name: 'Desk__c', token: 't1' }]);
  const left = vi.fn();
  const make: MakeToolkit = (n, c) => (n.name === 'lightning:messageChannel' ? messageChannel(service, n, c) : null);
  const start = () =>
    new AuraComponent(definition, { controller, helper: { word: 'helped' } }, given, events, make, left);
  return { start, events, service, left };
}

type Facade = {
  get(path: string): unknown;
  set(path: string, value: unknown): void;
  find(id: string): unknown;
  isValid(): boolean;
};
const isFacade = (value: unknown): value is Facade => typeof value === 'object' && value !== null && 'set' in value;
const facadeOf = (component: AuraComponent): Facade =>
  isFacade(component.facade) ? component.facade : expect.fail('no facade');

test('attributes are what App Builder set, else their defaults, each of its type', () => {
  const component = facadeOf(made({}, {}, { on: 'true' }).start());
  expect([component.get('v.text'), component.get('v.on'), component.get('v.bare')]).toEqual([
    'Waiting',
    true,
    undefined,
  ]);
  expect(() => component.get('v.nope')).toThrow("c:Desk has no attribute 'nope'");
  expect(() => component.set('v.nope', 1)).toThrow("c:Desk has no attribute 'v.nope'");
  expect(() => component.get('c.server')).toThrow('no Apex');
});

test('init runs once with component, event and helper, before anything is shown', () => {
  const init = vi.fn();
  const component = made({ handlers: [handler('init', { name: 'init' })] }, { init }).start();
  expect(init).toHaveBeenCalledExactlyOnceWith(component.facade, expect.anything(), { word: 'helped' });
  expect(component.isRendered).toBe(false);
});

test('a handler without its action is an error of the component', () => {
  const { start } = made({ handlers: [handler('nope', { event: 'lightning:tabFocused' })] });
  expect(start).toThrow("c:Desk has no action 'nope'");
});

test('what is shown follows the attributes', () => {
  const body = [
    node('p', { class: "{!v.on ? 'yes' : 'no'}" }, '{!v.text}!'),
    node(
      'aura:if',
      { isTrue: '{!v.on}' },
      node('b', {}, 'on'),
      node('aura:set', { attribute: 'else' }, node('i', {}, 'off')),
    ),
  ];
  const component = made({ body }).start();
  render(<AuraView component={component} />);
  expect(screen.getByText('Waiting!').className).toBe('no');
  expect(screen.getByText('off')).toBeTruthy();
  act(() => {
    facadeOf(component).set('v.on', true);
    facadeOf(component).set('v.text', 'Here');
  });
  expect(screen.getByText('Here!').className).toBe('yes');
  expect(screen.queryByText('off')).toBeNull();
  expect(screen.getByText('on')).toBeTruthy();
});

test('render comes after the picture, again after each change, and may change something itself', () => {
  let times = 0;
  const render1 = (component: unknown) => {
    times += 1;
    if (isFacade(component) && !component.get('v.on')) component.set('v.on', true);
  };
  const component = made({ handlers: [handler('shown', { name: 'render' })] }, { shown: render1 }).start();
  render(<AuraView component={component} />);
  expect(times).toBe(2);
  expect(component.isRendered).toBe(true);
});

test('a click runs the action; an element is found by its id', async () => {
  const clicked = vi.fn((component: unknown) => {
    const found = isFacade(component) ? component.find('out') : null;
    if (isFacade(found)) found.set('v.title', 'clicked');
  });
  const body = [
    node('lightning:button', { label: 'Go', onclick: '{!c.go}' }),
    node('p', { 'aura:id': 'out', title: 'before' }, 'out'),
  ];
  const component = made({ body }, { go: clicked }).start();
  render(<AuraView component={component} />);
  await userEvent.click(screen.getByRole('button', { name: 'Go' }));
  expect(clicked).toHaveBeenCalledOnce();
  expect(screen.getByTitle('clicked').textContent).toBe('out');
  expect(facadeOf(component).find('nope')).toBeUndefined();
});

test('an address in markup runs no script', () => {
  const body = [node('a', { href: '{!v.text}' }, 'link')];
  const component = made({ body }, {}, { text: ' javascript:alert(1)' }).start();
  render(<AuraView component={component} />);
  expect(screen.getByText('link').getAttribute('href')).toBeNull();
});

test('an application event reaches its handlers; the trouble of one is told and ends nothing', () => {
  const report = vi.fn();
  vi.stubGlobal('reportError', report);
  const heard: unknown[] = [];
  const handlers = ['first', 'second'].map((action) => handler(action, { event: 'lightning:tabFocused' }));
  const { start, events } = made(
    { handlers },
    {
      first: () => {
        throw new Error('own trouble');
      },
      second: (_: unknown, event: { getParam(name: string): unknown }) => heard.push(event.getParam('currentTabId')),
    },
  );
  const component = start();
  events.fire('lightning:tabFocused', { currentTabId: 'ctab1' });
  expect(heard).toEqual(['ctab1']);
  expect(report).toHaveBeenCalledOnce();
  component.destroy();
  events.fire('lightning:tabFocused', { currentTabId: 'ctab2' });
  expect(heard).toEqual(['ctab1']);
});

test('a change of an attribute tells what it was', () => {
  const changes: unknown[] = [];
  const handlers = [handler('changed', { name: 'change', value: '{!v.text}' })];
  const component = made(
    { handlers },
    {
      changed: (_: unknown, e: { getParam(n: string): unknown }) =>
        changes.push([e.getParam('oldValue'), e.getParam('value')]),
    },
  ).start();
  facadeOf(component).set('v.text', 'New');
  facadeOf(component).set('v.text', 'New');
  facadeOf(component).set('v.on', true);
  expect(changes).toEqual([['Waiting', 'New']]);
});

const channelBody = [
  node('lightning:messageChannel', { type: 'Desk__c', 'aura:id': 'channel', onMessage: '{!c.heard}' }),
];
type Channel = { publish(message: unknown): void };
const isChannel = (value: unknown): value is Channel =>
  typeof value === 'object' && value !== null && 'publish' in value;
const channelOf = (component: AuraComponent): Channel => {
  const found = facadeOf(component).find('channel');
  return isChannel(found) ? found : expect.fail('no channel');
};

test('a message channel hears from when the component is rendered until it is gone, and its message has getParam', async () => {
  const heard: unknown[] = [];
  const { start, service, left } = made(
    { body: channelBody },
    { heard: (_: unknown, message: { getParam(n: string): unknown }) => heard.push(message.getParam('n')) },
  );
  const component = start();
  service.publish('Desk__c', { n: 1 });
  await Promise.resolve();
  render(<AuraView component={component} />);
  channelOf(component).publish({ n: 2 });
  await Promise.resolve();
  component.destroy();
  service.publish('Desk__c', { n: 3 });
  await Promise.resolve();
  expect(heard).toEqual([2]);
  expect(facadeOf(component).isValid()).toBe(false);
  expect(left).toHaveBeenCalledOnce();
});

test('a message channel publishes neither before the component is rendered nor what JSON cannot say', () => {
  const component = made({ body: channelBody }, { heard: () => undefined }).start();
  expect(() => channelOf(component).publish({})).toThrow('once the component is rendered');
  render(<AuraView component={component} />);
  expect(() => channelOf(component).publish({ f: () => 1 })).toThrow("can't contain a function");
});

test('what the server compiled is read; what is no node is refused', () => {
  const wire = { name: 'D', label: 'D', attributes: [], handlers: [], scripts: [], styled: false };
  const body = [
    {
      name: 'p',
      attributes: { class: 'x' },
      text: '',
      children: [{ name: '', attributes: null, text: 'a', children: null }],
    },
  ];
  expect(decode({ ...wire, body }).body[0]?.children[0]?.text).toBe('a');
  expect(() => decode({ ...wire, body: ['text'] })).toThrow();
});
