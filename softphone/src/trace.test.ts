import { expect, test } from 'vitest';
import { type DebugLevel, debugLevelOf, Trace } from './trace.ts';

const told = (level: DebugLevel): unknown[] => {
  const out: unknown[] = [];
  const line = (...what: unknown[]) => out.push(what[1]);
  const trace = new Trace({ error: line, info: line, debug: line });
  trace.set(level);
  trace.error('error');
  trace.info('info');
  trace.debug('debug');
  return out;
};

test.each([
  ['Off', []],
  ['Error', ['error']],
  ['Info', ['error', 'info']],
  ['Debug', ['error', 'info', 'debug']],
] as const)('%s tells %j', (level, want) => expect(told(level)).toEqual(want));

test('a level that nobody knows is Off', () => {
  const settings = { region: '', defaultCountry: 'US', clickToDial: false };
  expect(debugLevelOf({ ...settings, debugLevel: 'Info' })).toBe('Info');
  expect(debugLevelOf(settings)).toBe('Off');
  expect(debugLevelOf(null)).toBe('Off');
});
