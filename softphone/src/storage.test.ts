import { expect, test } from 'vitest';
import { storageOf } from './storage.ts';
import { SharedStorage } from './testing.ts';

test('a page that may not store anything works from memory', () => {
  const denied = {
    get localStorage(): Storage {
      throw new DOMException('denied', 'SecurityError');
    },
  };
  const storage = storageOf(denied);
  storage.setItem('a', '1');
  storage.setItem('b', '2');
  storage.removeItem('a');
  expect([storage.length, storage.key(0), storage.key(1), storage.getItem('b'), storage.getItem('a')]).toEqual([
    1,
    'b',
    null,
    '2',
    null,
  ]);
  storage.clear();
  expect(storage.length).toBe(0);
});

test('any other page shares the storage of its origin', () => {
  const { storage } = new SharedStorage().tab();
  expect(storageOf({ localStorage: storage })).toBe(storage);
});
