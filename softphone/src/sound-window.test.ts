import { afterEach, expect, test, vi } from 'vitest';
import { SoundWindow } from './sound-window.ts';

const ccp = 'http://ccp.example/ccp-v2/';

afterEach(() => vi.useRealTimers());

function aWindow(href: string) {
  const replace = vi.fn();
  return { closed: false, focus: vi.fn(), location: { href, replace } };
}

function opener(window: ReturnType<typeof aWindow> | null) {
  const changed = vi.fn();
  return { changed, sound: new SoundWindow({ open: () => window }, changed) };
}

test('a new window goes to the panel, and its end is noticed', () => {
  vi.useFakeTimers();
  const window = aWindow('about:blank');
  const { sound, changed } = opener(window);
  expect(sound.isOpen).toBe(false);
  expect(sound.open(ccp)).toBe(true);
  expect(window.location.replace).toHaveBeenCalledExactlyOnceWith(ccp);
  expect(sound.isOpen).toBe(true);
  window.closed = true;
  vi.advanceTimersByTime(1_000);
  expect(sound.isOpen).toBe(false);
  expect(changed).toHaveBeenCalledTimes(2);
  expect(vi.getTimerCount()).toBe(0);
});

test('one that is there already is brought to the front and not loaded again', () => {
  const window = aWindow(ccp);
  opener(window).sound.open(ccp);
  expect(window.location.replace).not.toHaveBeenCalled();
  expect(window.focus).toHaveBeenCalledOnce();
});

test('a browser that does not let it is told', () => {
  const { sound, changed } = opener(null);
  expect(sound.open(ccp)).toBe(false);
  expect(changed).not.toHaveBeenCalled();
});
