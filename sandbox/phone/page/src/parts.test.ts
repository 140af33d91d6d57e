import { describe, expect, test } from 'vitest';
import messages from '../../testdata/messages.json';
import { keep, recall } from './memory.ts';
import { dialable, duration, ownable, readable } from './numbers.ts';
import { tones } from './sounds.ts';
import { read } from './wire.ts';

describe('messages', () => {
  test.each(messages.toPage)('$type is understood', (message) => {
    expect(read(JSON.stringify(message))).toEqual(message);
  });
  test.each(messages.toPage.flatMap((m) => Object.keys(m).map((name) => ({ type: m.type, name, message: m }))))(
    '$type without $name is dropped',
    ({ name, message }) => {
      expect(read(JSON.stringify({ ...message, [name]: undefined }))).toBeUndefined();
    },
  );
  test.each([['{'], ['null'], ['[]'], ['{"type":"later"}'], ['{"type":"toString"}'], [undefined]])(
    '%s is dropped',
    (frame) => {
      expect(read(frame)).toBeUndefined();
    },
  );
});

test.each([
  ['(206) 555-0142', '+12065550142'],
  ['1 206 555 0142', '+12065550142'],
  ['+46 8 123 456', '+468123456'],
  ['555', '555'],
  ['', undefined],
  ['+', undefined],
  ['12#', undefined],
  ['call me', undefined],
  ['1'.repeat(16), undefined],
])('%s is dialled as %s', (typed, want) => expect(dialable(typed)).toBe(want));

test.each([
  ['206 555 0142', '+12065550142'],
  ['+468123456', '+468123456'],
  ['555', undefined],
  ['5550142', undefined],
  ['', undefined],
])('%s as one’s own number is %s', (typed, want) => expect(ownable(typed)).toBe(want));

test('numbers of North America are read in their own form, others as they are', () => {
  expect(readable('+12065550142')).toBe('(206) 555-0142');
  expect(readable('+468123456')).toBe('+468123456');
});

test.each([
  [0, '00:00'],
  [61_000, '01:01'],
  [3_661_000, '1:01:01'],
  [-5, '00:00'],
])('%i ms read as %s', (ms, want) => expect(duration(ms)).toBe(want));

test('keys have two tones; other characters have none', () => {
  expect(tones('5')).toEqual([770, 1336]);
  expect(tones('#')).toEqual([941, 1477]);
  for (const none of ['', 'x', '12']) expect(tones(none)).toBeUndefined();
});

describe('memory', () => {
  function storage(content: string | null): Storage {
    const all = new Map<string, string>();
    if (content !== null) all.set('patchcord.handset', content);
    return {
      length: 0,
      clear: () => all.clear(),
      key: () => null,
      getItem: (k) => all.get(k) ?? null,
      setItem: (k, v) => void all.set(k, v),
      removeItem: (k) => void all.delete(k),
    };
  }
  test('what is kept is recalled', () => {
    const here = storage(null);
    keep(() => here, { own: '+12065550177', withheld: true });
    expect(recall(() => here)).toEqual({ own: '+12065550177', withheld: true });
  });
  test.each([[null], ['{'], ['null'], ['[]'], ['{"own":"x","withheld":1}'], ['{"own":12}']])(
    'a browser that kept %s has a new handset',
    (content) => {
      expect(recall(() => storage(content))).toEqual({ own: '', withheld: false });
    },
  );
  test('a browser that forbids keeping is no obstacle', () => {
    const forbidden = (): Storage => {
      throw new DOMException('no', 'SecurityError');
    };
    expect(recall(forbidden)).toEqual({ own: '', withheld: false });
    expect(() => keep(forbidden, { own: '', withheld: false })).not.toThrow();
  });
});
