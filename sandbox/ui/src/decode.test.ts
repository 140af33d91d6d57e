import { expect, test } from 'vitest';
import { flag, list, number, object, text } from './decode.ts';

const decode = object({ name: text, tags: list(text), size: number, open: flag });

test('what fits is taken, and what nobody asked for is left out', () => {
  expect(decode({ name: 'a', tags: null, size: 1, open: false, more: 2 })).toEqual({
    name: 'a',
    tags: [],
    size: 1,
    open: false,
  });
});

test.each([
  ['a number where text belongs', { name: 1, tags: [], size: 1, open: true }, 'answer.name is not text'],
  ['a wrong item of a list', { name: '', tags: ['a', 2], size: 1, open: true }, 'answer.tags[1] is not text'],
  ['a member that is missing', { name: '', tags: [], open: true }, 'answer.size is not a number'],
  ['a list where an object belongs', [], 'answer is not an object'],
])('says where it went wrong: %s', (_, input, message) => {
  expect(() => decode(input, 'answer')).toThrow(message);
});
