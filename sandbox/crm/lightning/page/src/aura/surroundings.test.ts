// @vitest-environment jsdom
import { expect, test, vi } from 'vitest';
import { framework } from './framework.ts';
import { secured } from './secure-window.ts';
import { attributeOf } from './values.ts';

/** Calls what stands at a name, whatever its type. */
function use(object: unknown, name: string, ...values: unknown[]): unknown {
  const f: unknown = typeof object === 'object' && object !== null ? Reflect.get(object, name) : undefined;
  return typeof f === 'function' ? Reflect.apply(f, object, values) : expect.fail(`no ${name}`);
}

test('a component hears messages of its window until it is gone, and reaches no frame of the console', () => {
  const around = secured(window);
  const heard = vi.fn();
  use(around.window, 'addEventListener', 'message', heard);
  window.dispatchEvent(new MessageEvent('message', { data: 1 }));
  around.end();
  window.dispatchEvent(new MessageEvent('message', { data: 2 }));
  expect(heard).toHaveBeenCalledOnce();
  expect(around.window.parent).toBe(around.window);
  expect(around.document.querySelector).toBeUndefined();
  expect(around.document.cookie).toBeUndefined();
});

test('what a component writes to its window stays its own', () => {
  const around = secured(window);
  around.window.mine = 1;
  expect(Reflect.get(window, 'mine')).toBeUndefined();
  expect(Reflect.get(secured(window).window, 'mine')).toBeUndefined();
});

test('a listener can be taken back', () => {
  const around = secured(window);
  const heard = vi.fn();
  use(around.window, 'addEventListener', 'message', heard);
  use(around.window, 'removeEventListener', 'message', heard);
  window.dispatchEvent(new MessageEvent('message', {}));
  expect(heard).not.toHaveBeenCalled();
});

test('$A keeps what it can, and refuses in words what this console has not', () => {
  const toast = vi.fn();
  const $A = framework({ userId: '005', userEmail: 'a@b.example', toast });
  const callback = use($A, 'getCallback', (a: number, b: number) => a + b);
  expect(typeof callback === 'function' && callback(1, 2)).toBe(3);
  expect(() => use($A, 'getCallback', 'no function')).toThrow('must be a function');
  expect(() => use($A, 'enqueueAction', {})).toThrow('no Apex');
  expect(() => use($A, 'createComponent', 'c:Other')).toThrow('only what stands in the markup');
  expect(use($A, 'get', '$SObjectType.CurrentUser.Id')).toBe('005');
  expect(use($A, 'get', 'e.force:nope')).toBeUndefined();
  const event = use($A, 'get', 'e.force:showToast');
  use(event, 'setParams', { title: 'Saved', message: 'It is.', type: 'success' });
  use(event, 'fire');
  expect(toast).toHaveBeenCalledExactlyOnceWith('success', 'Saved It is.');
  expect(use($A.util, 'isEmpty', {})).toBe(true);
});

test.each([
  ['Boolean', 'true', true],
  ['Boolean', 'yes', false],
  ['Integer', '12', 12],
  ['Decimal', '', null],
  ['String[]', "['a','b']", ['a', 'b']],
  ['List', 'a, b', ['a', 'b']],
  ['List', '', []],
  ['Map', "{'a': 1}", { a: 1 }],
  ['Object', 'nope', null],
  ['String', 'text', 'text'],
])('a %s of %j is %j', (type, text, value) => expect(attributeOf(type, text)).toEqual(value));
