import { expect, test } from 'vitest';
import { type ConsoleState, consoleNext } from '../console-state.ts';
import { empty } from '../workspace/tabs.ts';
import { utilitiesOf } from './utilities.ts';

const item = (component: string, eager = false) => ({
  attributes: {},
  component,
  label: '',
  icon: '',
  height: 0,
  width: 0,
  eager,
  background: false,
});
const items = [item('c:First'), item('opencti:softPhone'), item('c:Second', true)];

const start: ConsoleState = {
  workspace: empty,
  panel: {
    visible: true,
    opened: true,
    height: 480,
    width: 340,
    icon: '',
    label: '',
    itemIcon: 'call',
    itemLabel: 'Phone',
  },
  utilities: utilitiesOf(items),
  clickToDial: false,
  dialog: null,
  toasts: [],
  nextToast: 1,
  navigation: [],
  revision: 0,
};
const open = (s: ConsoleState, id: string) => consoleNext(s, { type: 'utility', id, change: { visible: true } });
const visible = (s: ConsoleState) => [s.panel.visible, ...s.utilities.map((u) => u.visible)];

test('items are named by their place in the bar; one that starts automatically is loaded while it is closed', () => {
  expect(start.utilities.map(({ id, component, opened }) => [id, component, opened])).toEqual([
    ['u0', 'c:First', false],
    ['u2', 'c:Second', true],
  ]);
});

test('one panel is open at a time, the softphone’s too', () => {
  const first = open(start, 'u0');
  expect(visible(first)).toEqual([false, true, false]);
  const second = open(first, 'u2');
  expect(visible(second)).toEqual([false, false, true]);
  expect(second.utilities[0]?.opened).toBe(true);
  const softphone = consoleNext(second, { type: 'panel', change: { visible: true } });
  expect(visible(softphone)).toEqual([true, false, false]);
});

test('a change of a closed item leaves the open one open', () => {
  const s = consoleNext(start, { type: 'utility', id: 'u0', change: { itemLabel: 'New', highlighted: true } });
  expect(visible(s)).toEqual([true, false, false]);
  expect(s.utilities[0]).toMatchObject({ itemLabel: 'New', highlighted: true, opened: false });
});
