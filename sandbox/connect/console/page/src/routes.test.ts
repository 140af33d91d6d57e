import { expect, test } from 'vitest';
import { format, type Location, parse } from './routes.ts';

test.each<Location>([
  { at: 'instances', region: '' },
  { at: 'instances', region: 'eu-central-1' },
  { at: 'instance', id: 'a/b', page: 'overview', region: 'us-east-1' },
  { at: 'instance', id: '1', page: 'application-integration', region: '' },
  { at: 'admin', page: 'users' },
  { at: 'admin', page: '' },
])('an address leads back to where it came from: %o', (location) => {
  expect(parse(format(location))).toEqual(location);
});

test('what is no address of ours leads to the instances', () => {
  expect(parse('/console/')).toEqual({ at: 'instances', region: '' });
});
