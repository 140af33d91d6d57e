import { expect, test } from 'vitest';
import { fullId } from './settings.ts';

test.each([
  ['003000000000001', '003000000000001AAA'],
  ['0012300000jYqRt', '0012300000jYqRtAAK'],
  ['ABCDEABCDEABCDE', 'ABCDEABCDEABCDE555'],
  ['003000000000001AAA', '003000000000001AAA'],
  ['', ''],
])('the full form of "%s" is "%s"', (id, full) => expect(fullId(id)).toBe(full));
