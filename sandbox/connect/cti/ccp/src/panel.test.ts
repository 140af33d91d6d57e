// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import { Panel } from './panel.ts';
import type { CallView, View } from './view.ts';

const call = (part: Partial<CallView> = {}): CallView => ({
  id: 'c-1',
  kind: 'connected',
  number: '(206) 555-0142',
  queue: 'BasicQueue',
  since: 0,
  title: 'Connected call',
  note: '',
  isSilent: false,
  actions: ['end', 'keypad'],
  ...part,
});
const view = (shown?: CallView): View => ({ status: 'On call', since: 0, next: undefined, choices: [], call: shown });

function room() {
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  const doing = {
    choose: vi.fn(),
    act: vi.fn(),
    dial: vi.fn(),
    digits: vi.fn(),
    logOut: vi.fn(),
    quickConnects: { list: vi.fn(), connect: vi.fn() },
  };
  const panel = new Panel(root, doing, { gear: document.createElement('button'), view: document.createElement('div') });
  const press = (name: string) =>
    [...root.querySelectorAll('button')].find((b) => b.textContent === name && !b.closest('[hidden]'))?.click();
  const field = root.querySelector('input') ?? expect.fail('no dial field');
  return { root, doing, panel, press, field };
}

beforeEach(() => {
  vi.useFakeTimers();
});

test('keys that are pressed in a call are no number for the next one; what was typed before is there again', () => {
  const { panel, press, field, doing } = room();
  panel.draw(view());
  press('Number pad');
  field.value = '206';
  panel.draw(view(call()));
  for (const key of '15#') press(key);
  expect(doing.digits.mock.calls.flat().join('')).toBe('15#');
  panel.draw(view(call({ kind: 'after', actions: ['clear'] })));
  expect(field.value).toBe('20615#'); // still to be seen
  panel.draw(view());
  expect(field.value).toBe('206');
  press('5');
  expect(field.value).toBe('2065');
  panel.draw(view(call({ id: 'c-2' })));
  expect(field.value).toBe('2065'); // typed, and not pressed in a call
});

test('a call without sound is red, says why, and goes on saying it when the call is accepted', () => {
  const { root, panel, press } = room();
  const silent = { isSilent: true, note: 'No way.', actions: ['retry', 'accept'] as CallView['actions'] };
  panel.draw(view(call({ kind: 'incoming', title: 'Incoming call', ...silent })));
  press('Accept call');
  panel.draw(view(call({ ...silent, title: 'No sound', actions: ['retry', 'end'] })));
  expect(root.querySelector('.card')?.className).toBe('card connected silent');
  expect(root.querySelector('.note')?.textContent).toBe('No way.');
  expect(root.querySelector<HTMLElement>('.status')?.dataset.kind).toBe('trouble');
  expect(root.querySelector('[role=status]')?.textContent).toBe('No sound: (206) 555-0142. No way.');
});

test('the focus goes on with the call: accept, end, close; and one press is not two', () => {
  const { root, panel, doing } = room();
  const focused = () => document.activeElement?.textContent;
  const presses = (name: string) => {
    const button = [...root.querySelectorAll('button')].find((b) => b.textContent === name) ?? expect.fail(name);
    button.focus();
    button.click();
    if (button.disabled) button.blur(); // as browsers do
  };
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  panel.draw(view(call({ kind: 'incoming', actions: ['accept', 'reject'] })));
  presses('Accept call');
  panel.draw(view(call()));
  expect(focused()).toBe('End call');
  presses('End call'); // in the same moment: it was meant for what was there before
  const end = document.activeElement;
  end?.dispatchEvent(new MouseEvent('click', { detail: 2 }));
  expect(doing.act.mock.calls).toEqual([['accept']]);
  vi.advanceTimersByTime(1_000);
  presses('End call');
  panel.draw(view(call({ kind: 'after', actions: ['clear'] })));
  expect(focused()).toBe('Close contact');
  vi.advanceTimersByTime(1_000);
  presses('Close contact');
  panel.draw(view());
  expect(document.activeElement?.className).toBe('status');
  expect(doing.act.mock.calls).toEqual([['accept'], ['end'], ['clear']]);
  panel.draw(view(call({ id: 'c-2' })));
  presses('End call');
  panel.draw(view(call({ id: 'c-2', kind: 'after', actions: ['clear'] })));
  document.activeElement?.dispatchEvent(new MouseEvent('click', { detail: 1 })); // a hand that has found it already
  expect(doing.act).toHaveBeenLastCalledWith('clear');
  vi.restoreAllMocks();
});

test('somebody who is elsewhere is left there', () => {
  const { panel, press, field } = room();
  panel.draw(view(call({ kind: 'incoming', actions: ['accept', 'reject'] })));
  press('Number pad');
  field.focus();
  panel.draw(view(call()));
  expect(document.activeElement).toBe(field);
});
