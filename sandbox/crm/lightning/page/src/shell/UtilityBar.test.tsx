// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { Api } from '../api.ts';
import { AuraHost } from '../aura/host.ts';
import { type Console, ConsoleContext } from '../console-context.ts';
import { ConsoleStore } from '../console-state.ts';
import { PhoneNumber } from '../dial/PhoneNumber.tsx';
import { MessageService } from '../messages/service.ts';
import type { SoftphoneFrame } from '../open-cti/frame.ts';
import { reader } from '../record/format.ts';
import { utilitiesOf } from '../utility/utilities.ts';
import type { Bootstrap, Row } from '../wire.ts';
import { empty } from '../workspace/tabs.ts';
import { UtilityBar } from './UtilityBar.tsx';

afterEach(cleanup);

const plain: Bootstrap = {
  csrf: '',
  user: {
    id: '005',
    name: 'Amelia Okafor',
    username: 'agent',
    email: '',
    timeZone: 'UTC',
    locale: 'en_US',
    viewsSetup: false,
  },
  organization: { id: '00D', name: 'Demo' },
  visualforceOrigin: 'http://localhost:8081',
  app: {
    id: '06m',
    label: 'Service Console',
    navigation: [],
    utilities: [
      {
        component: 'opencti:softPhone',
        label: 'Phone',
        icon: 'call',
        height: 0,
        width: 0,
        eager: false,
        background: false,
        attributes: {},
      },
    ],
  },
  callCenter: null,
  kinds: {},
  tabs: {},
  messageChannels: [],
};

function at(start = plain) {
  const store = new ConsoleStore({
    workspace: empty,
    panel: {
      visible: false,
      opened: false,
      height: 570,
      width: 330,
      icon: '',
      label: '',
      itemIcon: 'call',
      itemLabel: 'Phone',
    },
    utilities: utilitiesOf(start.app.utilities),
    clickToDial: false,
    dialog: null,
    toasts: [],
    nextToast: 1,
    navigation: [],
    revision: 0,
  });
  const dialled: unknown[] = [];
  const api = new Api();
  const messages = new MessageService([]);
  const value: Console = {
    api,
    aura: new AuraHost({ api, store, start, messages, omni: null }),
    store,
    start,
    omni: null,
    messages,
    show: reader('en_US', 'UTC'),
    under: '',
    open: () => undefined,
    openUnder: () => () => undefined,
    dial: (d) => dialled.push(d),
    startSalesCall: () => undefined,
  };
  return { store, value, dialled };
}

const softphone: SoftphoneFrame = {
  src: 'about:blank',
  attach: () => () => undefined,
  dialled: () => undefined,
  navigated: () => undefined,
  workStarted: () => undefined,
};

test('the frame loads when the panel first opens, and stays the same frame from then on', async () => {
  const { store, value } = at();
  render(
    <ConsoleContext value={value}>
      <UtilityBar softphone={softphone} />
    </ConsoleContext>,
  );
  expect(document.querySelector('iframe')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Phone' }));
  const frame = document.querySelector('iframe');
  expect(frame?.getAttribute('allow')).toContain('microphone');
  act(() => store.send({ type: 'panel', change: { visible: false, itemLabel: 'Ringing' } }));
  act(() =>
    store.send({ type: 'workspace', event: { type: 'opened', location: { at: 'list', object: 'Case', view: 'All' } } }),
  );
  expect(screen.getByRole('button', { name: 'Ringing' }).getAttribute('aria-expanded')).toBe('false');
  expect(document.querySelector('iframe')).toBe(frame);
});

test('a click on an item is told to who registered for it; what a program opens is not', async () => {
  const { store, value } = at();
  const clicked = vi.fn();
  value.aura.clicks.hear('u0', clicked);
  render(
    <ConsoleContext value={value}>
      <UtilityBar softphone={null} />
    </ConsoleContext>,
  );
  act(() => store.send({ type: 'panel', change: { visible: true } }));
  expect(clicked).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: 'Phone' }));
  expect(clicked).toHaveBeenCalledExactlyOnceWith(false);
});

test('what works in the background runs from the start, and is no item of the bar', () => {
  const background = { component: 'c:Watch', label: 'Watch', icon: '', height: 0, width: 0, eager: false };
  const utilities = [...plain.app.utilities, { ...background, background: true, attributes: {} }];
  const { value } = at({ ...plain, app: { ...plain.app, utilities } });
  const started = vi.spyOn(value.aura, 'start').mockReturnValue(new Promise(() => undefined));
  render(
    <ConsoleContext value={value}>
      <UtilityBar softphone={null} />
    </ConsoleContext>,
  );
  expect(started).toHaveBeenCalledExactlyOnceWith('Watch', 'u1');
  expect(screen.getAllByRole('listitem')).toHaveLength(1);
});

test('a user in no call centre is told so', async () => {
  const { value } = at();
  render(
    <ConsoleContext value={value}>
      <UtilityBar softphone={null} />
    </ConsoleContext>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Phone' }));
  expect(screen.getByRole('note').textContent).toContain('not assigned to a call center');
});

test('a number is text until click-to-dial is enabled, then a button that dials', async () => {
  const { store, value, dialled } = at();
  const maya: Row = { id: '003', object: 'Contact', name: 'Maya Lindqvist', values: {}, references: {} };
  render(
    <ConsoleContext value={value}>
      <PhoneNumber number="(206) 555-0142" record={maya} />
    </ConsoleContext>,
  );
  expect(screen.queryByRole('button')).toBeNull();
  act(() => store.send({ type: 'clickToDial', enabled: true }));
  await userEvent.click(screen.getByRole('button', { name: 'Dial (206) 555-0142' }));
  expect(dialled).toEqual([
    { number: '(206) 555-0142', recordId: '003', recordName: 'Maya Lindqvist', objectType: 'Contact' },
  ]);
});
