import { expect, test } from 'vitest';
import { everything } from './calls/filter.ts';
import { format, type Location, parse } from './routes.ts';

test.each<Location>([
  { at: 'calls', filter: everything },
  {
    at: 'calls',
    filter: { ...everything, number: '+1 206', agent: '005', queue: 'A & B', outcome: 'failed', time: 'hour' },
  },
  {
    at: 'calls',
    filter: { ...everything, time: 'between', from: '2026-03-02T09:00:00.000Z', to: '2026-03-02T10:00:00.000Z' },
  },
  { at: 'call', id: 'a/b ?#%' },
  { at: 'waiting', status: '' },
  { at: 'waiting', status: 'givenUp' },
  { at: 'health' },
  { at: 'presence', part: 'rules', record: '' },
  { at: 'presence', part: 'try', record: 'a01 &' },
  { at: 'presenceAgents', find: '' },
  { at: 'presenceAgents', find: 'Ben & Co' },
  { at: 'presenceAgent', id: 'a/b ?#%' },
])('an address leads back to where it came from: %o', (location) => {
  expect(parse(format(location))).toEqual(location);
});

test.each(['/admin', '/admin/', '/admin/elsewhere', '/admin/calls?time=never&from=soon'])(
  '%s leads to all calls',
  (address) => expect(parse(address)).toEqual({ at: 'calls', filter: everything }),
);

test('an address that somebody typed breaks nothing', () => {
  expect(parse('/admin/calls/%zz')).toEqual({ at: 'call', id: '%zz' });
  expect(parse('/admin/waiting?status=all')).toEqual({ at: 'waiting', status: '' });
});
