import { expect, test } from 'vitest';
import { attributeValue, pathOf, textValue } from './expression.ts';

const values: Record<string, unknown> = {
  'v.on': true,
  'v.off': false,
  'v.n': 3,
  'v.text': 'Maya',
  'v.nothing': null,
  'v.list': [],
  'v.who.name': 'Otto',
};
const read = (path: string[]) => values[path.join('.')];

test.each([
  ["{!v.on ? 'yes' : 'no'}", 'yes'],
  ["{! v.off ? 'a' : v.on ? 'b' : 'c' }", 'b'],
  ["{!'Hi ' + v.text}", 'Hi Maya'],
  ["{!'Hi ' + v.nothing}", 'Hi '],
  ['{!v.n + 1}', 4],
  ['{!v.n * 2 - 1}', 5],
  ['{!v.n - 1 - 1}', 1],
  ['{!(v.n + 1) * 2}', 8],
  ['{!-v.n}', -3],
  ['{!!v.on}', false],
  ['{!v.n >= 3 && v.text == "Maya"}', true],
  ['{!v.off || v.n != 3}', false],
  ['{!not(v.off)}', true],
  ['{!and(v.on, v.off)}', false],
  ["{!if(empty(v.list), 'none', 'some')}", 'none'],
  ['{!eq(v.nothing, undefined)}', true],
  ['{!v.who.name}', 'Otto'],
  ["{!'it\\'s'}", "it's"],
  ['{#v.text}', 'Maya'],
  ['v.text', 'v.text'],
  ['', ''],
])('%s is %j', (text, value) => expect(attributeValue(text)(read)).toBe(value));

test('text may have several expressions, and braces in their strings', () => {
  expect(textValue("{!v.text}: {!v.n} of {!v.on ? '}' : ''}{!v.nothing}.")(read)).toBe('Maya: 3 of }.');
});

test('an expression that is one path is known as such', () => {
  expect(pathOf('{!c.run}')).toEqual(['c', 'run']);
  expect(pathOf('{!v.a + v.b}')).toBeNull();
  expect(pathOf('c.run')).toBeNull();
});

test.each(['{!v.a +}', '{!(v.a}', '{!v.a v.b}', "{!'open}", '{!v.a ? 1}', '{!nope(v.a)}', '{!}', '{!v.a ; 1}'])(
  '%s is refused',
  (text) => expect(() => attributeValue(text)).toThrow('Invalid expression'),
);
