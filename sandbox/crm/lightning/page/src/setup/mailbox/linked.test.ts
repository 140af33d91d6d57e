import { expect, test } from 'vitest';
import { linked } from './linked.ts';

test('addresses in a message can be followed, and nothing else', () => {
  expect(linked('Click\nhttp://crm.example/?c=A.b_9\n\nor javascript:alert(1)')).toEqual([
    { text: 'Click\n', href: '' },
    { text: 'http://crm.example/?c=A.b_9', href: 'http://crm.example/?c=A.b_9' },
    { text: '\n\nor javascript:alert(1)', href: '' },
  ]);
  expect(linked('')).toEqual([]);
});
