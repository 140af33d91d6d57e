import { expect, test } from 'vitest';
import { flag, list, number, object, text } from './decode.ts';

const decode = object({ name: text, tags: list(text), size: number, open: flag, inner: object({ name: text }) });

test('what the service leaves out is empty', () => {
  expect(decode({})).toEqual({ name: '', tags: [], size: 0, open: false, inner: { name: '' } });
});

test('what is there is checked all the same', () => {
  expect(() => decode({ inner: { name: 1 } }, 'answer')).toThrow('answer.inner.name is not text');
});
