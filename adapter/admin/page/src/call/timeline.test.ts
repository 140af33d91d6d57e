import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { callDetail, type Leg } from '../wire.ts';
import { shown } from './steps.ts';
import { recordName, timeline } from './timeline.ts';

const example = callDetail(JSON.parse(readFileSync(new URL('../../../testdata/call.json', import.meta.url), 'utf8')));
const leg = example.legs[0] as Leg;

test('what happened comes by time; a state and the fact that told it are one line', () => {
  expect(timeline(leg).map((m) => [m.at, m.kind, m.what])).toEqual([
    ['2026-03-02T09:00:00Z', 'state', 'Offered to the agent'],
    ['2026-03-02T09:00:00Z', 'run', 'Voice Contact onConnecting'],
    ['2026-03-02T09:00:00Z', 'pop', 'Record popped'],
    ['2026-03-02T09:00:05Z', 'state', 'Connected'],
    ['2026-03-02T09:03:10Z', 'state', 'Ended'],
    ['2026-03-02T09:03:10Z', 'run', 'Call log (Task)'],
  ]);
});

test('a fact that is no state of the contact has a line of its own, with what is odd about it', () => {
  const click = {
    ...leg.facts[0],
    key: 'k',
    name: 'salesforceUI.onClickToDial',
    page: 'p2-and-more',
    replay: true,
    misdated: true,
    state: '',
  };
  const line = timeline({ ...leg, facts: [...leg.facts, click as Leg['facts'][number]] }).find(
    (m) => m.key === 'fact k',
  );
  expect(line?.what).toBe('salesforceUI.onClickToDial');
  expect(line?.notes).toEqual([
    'told late, after the page was back',
    "the page's clock made no sense: this is when it arrived",
    'page p2-and-m',
  ]);
});

test('an event that is not known says itself', () => {
  const state = { event: 'onWonder', state: '', at: '2026-03-02T09:00:00Z', derived: false, misdated: false };
  expect(timeline({ ...leg, states: [state] })[0]?.what).toBe('onWonder');
});

test('steps come in their order, each once, as the run has them now', () => {
  const [one, two] = leg.runs[0]?.steps ?? [];
  if (!one || !two) throw new Error('the example has two steps');
  expect(shown([one], [two, { ...one, port: 'old' }]).map((s) => [s.number, s.port])).toEqual([
    [1, 'success'],
    [2, 'success'],
  ]);
});

test('a record has the name that the reason has for it', () => {
  expect(recordName(leg, '003000000000001AAA')).toBe('Contact Maya Lindqvist');
  expect(recordName(leg, '003000000000002AAA')).toBe('003000000000002AAA');
});
