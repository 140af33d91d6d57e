// @vitest-environment jsdom
import { expect, test, vi } from 'vitest';
import { KeysPanel } from './keys-panel.ts';
import { actOf, delivered, isFit, KeyStore, nameOf } from './shortcuts.ts';
import { SharedStorage } from './testing.ts';

type Press = Partial<KeyboardEvent> & { key: string };
const pressed = (p: Press) => ({
  code: '',
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  repeat: false,
  isComposing: false,
  target: null,
  ...p,
});
const enter = { key: 'Enter', altKey: true, shiftKey: true };

test.each<[string, Press]>([
  ['Alt+Shift+Enter', enter],
  ['Ctrl+A', { key: 'a', ctrlKey: true }],
  ['Alt+A', { key: 'å', code: 'KeyA', altKey: true }], // Option on a Mac
  ['Alt+Shift+1', { key: '!', code: 'Digit1', altKey: true, shiftKey: true }],
  ['Ctrl+A', { key: 'a', code: 'KeyQ', ctrlKey: true }], // where A stands in France
  ['F9', { key: 'F9' }],
  ['', { key: 'Shift', shiftKey: true }],
])('%s is what it is called', (name, p) => expect(nameOf(pressed(p))).toBe(name));

test('single letters and the keys of forms are not fit', () => {
  expect(['Alt+Shift+Enter', 'Ctrl+A', '⌘+J', 'F9', 'Shift+F9'].filter((k) => !isFit(k))).toEqual([]);
  expect(['A', 'Shift+A', 'Enter', 'Tab', ' ', ''].filter(isFit)).toEqual([]);
});

test('keys act once, and not while somebody types', () => {
  const box = document.createElement('div');
  box.innerHTML = '<input><textarea></textarea><select></select><p contenteditable><b>x</b></p><button>y</button>';
  const act = (p: Press) => actOf(delivered, pressed(p));
  expect(act(enter)).toBe('accept');
  expect(act({ ...enter, key: 'Backspace' })).toBe('end');
  expect(act({ ...enter, repeat: true })).toBeNull();
  expect(act({ ...enter, isComposing: true })).toBeNull();
  expect(act({ ...enter, ctrlKey: true })).toBeNull();
  for (const typing of ['input', 'textarea', 'select', 'b'])
    expect(act({ ...enter, target: box.querySelector(typing) })).toBeNull();
  expect(act({ ...enter, target: box.querySelector('button') })).toBe('accept');
  expect(actOf({ accept: '', end: '' }, pressed(enter))).toBeNull();
});

test('an agent’s own keys are kept in the browser; what is kept and is no good is as delivered', () => {
  const { storage } = new SharedStorage().tab();
  const store = new KeyStore(storage, '005');
  expect(store.read()).toEqual(delivered);
  store.change({ accept: 'F9', end: '' });
  expect(new KeyStore(storage, '005').read()).toEqual({ accept: 'F9', end: '' });
  expect(new KeyStore(storage, '006').read()).toEqual(delivered);
  for (const bad of ['{', '[]', '{"accept":"a","end":7}', 'null']) {
    storage.setItem('patchcord:005:keys', bad);
    expect(store.read()).toEqual(delivered);
  }
});

test('keys are changed, turned off and set back, by keys alone', () => {
  const changed = vi.fn();
  const panel = new KeysPanel(document, delivered, changed);
  document.body.replaceChildren(panel.button, panel.element);
  const button = (name: string) =>
    [...panel.element.querySelectorAll('button')].find((b) => (b.ariaLabel ?? b.textContent) === name) ??
    expect.fail(name);
  const key = (p: Press) =>
    panel.element.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...p }));
  const shown = () => [...panel.element.querySelectorAll('kbd')].map((k) => k.textContent);
  panel.button.click();
  expect(panel.button.getAttribute('aria-expanded')).toBe('true');
  const change = button('Change: Answer the call');
  expect(document.activeElement).toBe(change);
  change.click();
  expect(panel.isAsking).toBe(true);
  key({ key: 'a' });
  expect(panel.element.textContent).toContain('single letters');
  key({ key: 'Backspace', altKey: true, shiftKey: true });
  expect(panel.element.textContent).toContain('do the other thing already');
  key({ key: 'F9' });
  expect(panel.isAsking).toBe(false);
  expect(changed).toHaveBeenLastCalledWith({ ...delivered, accept: 'F9' });
  button('Turn off: End the call').click();
  expect(shown()).toEqual(['F9', 'Off']);
  change.click();
  key({ key: 'Escape' });
  expect(shown()).toEqual(['F9', 'Off']);
  button('As delivered').click();
  expect(changed).toHaveBeenLastCalledWith(delivered);
  key({ key: 'Escape' });
  expect(panel.element.hidden).toBe(true);
  expect(document.activeElement).toBe(panel.button);
});
