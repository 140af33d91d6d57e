import { expect, test } from 'vitest';
import { argsOf, queryOf } from './wire.ts';

test("a flow's arguments are written into its address and read from it", () => {
  const query = queryOf([
    { name: 'phone', type: 'String', value: '+1 2' },
    { name: 'vip', type: 'Boolean', value: true },
    { name: 'nobody', type: 'String', value: null },
  ]);
  expect(query).toBe('phone=%2B1+2&vip=true&nobody=');
  expect(argsOf(query)).toEqual([
    ['phone', '+1 2'],
    ['vip', 'true'],
    ['nobody', ''],
  ]);
  expect(argsOf('')).toEqual([]);
});
