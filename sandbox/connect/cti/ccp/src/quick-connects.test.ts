// @vitest-environment jsdom
import { expect, test, vi } from 'vitest';
import { QuickConnects } from './quick-connects.ts';
import type { Endpoint } from './streams.ts';

const settled = () => new Promise((done) => setTimeout(done));

async function opened(list: () => Promise<Endpoint[]>) {
  const connect = vi.fn();
  const quick = new QuickConnects({ list, connect });
  quick.toggle();
  await settled();
  return { quick, connect, buttons: [...quick.view.querySelectorAll('button')] };
}

test('they are listed by name; a number is called, and the list closes; what is for transfers cannot be pressed', async () => {
  const billing = { name: 'Billing', type: 'phone_number', phoneNumber: '+12065550151' };
  const { quick, connect, buttons } = await opened(async () => [{ name: 'Noah', type: 'agent' }, billing]);
  expect(buttons.map((b) => b.textContent)).toEqual(['Billing (206) 555-0151', 'Noah agent: for transfers only']);
  buttons[1]?.click();
  expect(connect).not.toHaveBeenCalled();
  buttons[0]?.click();
  expect(connect).toHaveBeenCalledExactlyOnceWith(billing);
  expect(quick.view.hidden).toBe(true);
});

test('none, and a contact centre that does not answer, are said', async () => {
  expect((await opened(async () => [])).quick.view.textContent).toBe('Your queues have no quick connects.');
  const failed = await opened(() => Promise.reject(new Error('gone')));
  expect(failed.quick.view.textContent).toContain('could not be read');
});
