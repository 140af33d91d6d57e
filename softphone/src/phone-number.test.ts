// @vitest-environment node
import { expect, test } from 'vitest';
import { written } from './phone-number.ts';

test.each([
  ['+12065550142', 'US', '(206) 555-0142'],
  ['+12065550142', 'GB', '+1 206 555 0142'],
  ['+442079460803', 'GB', '020 7946 0803'],
  ['+442079460803', 'US', '+44 20 7946 0803'],
  ['+12065550142', '', '(206) 555-0142'],
  ['+12065550142', 'XX', '(206) 555-0142'],
  ['sip:amelia', 'US', 'sip:amelia'],
  ['', 'US', ''],
])('%s in %s is written %s', (number, country, want) => expect(written(number, country)).toBe(want));
