import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Front, type Standing } from './front.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function front(visible = true) {
  const told: Standing[] = [];
  return {
    told,
    front: new Front(
      () => performance.now(),
      visible,
      (s) => told.push(s),
    ),
  };
}

test('a sign of a person is told at once', () => {
  const { told, front: f } = front();
  vi.advanceTimersByTime(5_000);
  expect(f.now()).toEqual({ visible: true, touchedAgo: 5_000 });
  f.touched();
  expect(told).toEqual([{ visible: true, touchedAgo: 0 }]);
});

test('many signs are told four times a second, and the last one is not lost', () => {
  const { told, front: f } = front();
  for (let i = 0; i < 30; i++) {
    f.touched();
    vi.advanceTimersByTime(100);
  }
  vi.advanceTimersByTime(5_000);
  expect(told).toHaveLength(13);
  expect(told.at(-1)).toEqual({ visible: true, touchedAgo: 100 });
  expect(vi.getTimerCount()).toBe(0);
});

test('a page that becomes visible has somebody in front of it; one that is hidden says so', () => {
  const { told, front: f } = front(false);
  vi.advanceTimersByTime(9_000);
  f.shown(true);
  f.shown(true);
  vi.advanceTimersByTime(3_000);
  f.shown(false);
  expect(told).toEqual([
    { visible: true, touchedAgo: 0 },
    { visible: false, touchedAgo: 3_000 },
  ]);
});
