import { expect, test } from 'vitest';
import { filled, spent } from './measures.ts';

test('the share of the disk, where somebody says what is free', () => {
  expect(filled({ size: 25, free: 75 })).toBe(0.25);
  expect(filled({ size: 25, free: -1 })).toBeUndefined();
  expect(filled({ size: 0, free: 0 })).toBeUndefined();
});

test.each([
  [0, '0 %, of all programs together.'],
  [5, 'less than 1 %, of all programs together.'],
  [500, '50 %, of all programs together.'],
  [950, '95 %: it is about to run out.'],
  [1_000, 'The allowance is used up: what needs the org waits until there is more.'],
])('%i of 1,000 requests: %s', (used, words) => expect(spent({ used, max: 1_000 })).toBe(words));
