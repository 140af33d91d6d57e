import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bytesOf, maxMessage, readMessage } from './read.ts';

/** The adapter's own tests read the same files. */
function examples(name: string): unknown[] {
  const all: unknown = JSON.parse(
    readFileSync(`${import.meta.dirname}/../../../adapter/wire/testdata/${name}`, 'utf8'),
  );
  if (!Array.isArray(all) || all.length === 0) throw new Error(`no examples in ${name}`);
  return all;
}

test.each(examples('to-page.json').map((e) => [JSON.stringify(e)]))(
  'a message of the adapter is understood: %s',
  (body) => {
    expect(readMessage(body)).toEqual(JSON.parse(body));
  },
);

test.each(examples('no-messages.json').map((e) => [JSON.stringify(e)]))(
  'what is no message is not taken for one: %s',
  (body) => {
    expect(readMessage(body)).toBeNull();
  },
);

test('neither is what is no JSON, no text, or too much', () => {
  for (const data of ['{{{', '', 7, null, new ArrayBuffer(4), `"${'x'.repeat(maxMessage)}"`])
    expect(readMessage(data)).toBeNull();
});

test('a command of a type that is not known yet is read without its body, so that it can be answered', () => {
  const later = {
    type: 'command',
    command: { id: 'x', again: true, body: { type: 'makeTea', makeTea: { sugar: 1 } } },
  };
  expect(readMessage(JSON.stringify(later))).toEqual({
    type: 'command',
    command: { id: 'x', again: true, body: null },
  });
});

test('members that a later adapter adds do no harm', () => {
  const later = { type: 'ack', ack: { key: 'k', at: 'noon' }, trace: 'abc' };
  expect(readMessage(JSON.stringify(later))).toMatchObject({ type: 'ack', ack: { key: 'k' } });
});

test('the size of a text is that of its bytes', () => {
  expect([bytesOf('abc'), bytesOf('ü'), bytesOf('😀')]).toEqual([3, 2, 4]);
});
