// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type Phone, PhonePart, readPhone, savePhone } from './settings-phone.ts';
import type { Callbacks, Configuration } from './streams.ts';

test.each([
  ['the softphone', true, '', '', { softphone: true, number: '' }],
  [
    'the softphone, with the desk phone’s number kept',
    true,
    '',
    '+12065550142',
    { softphone: true, number: '+12065550142' },
  ],
  ['a desk phone', false, '(206) 555-0142', '', { softphone: false, number: '+12065550142' }],
])('%s is read', (_, softphone, typed, before, want) => expect(readPhone(softphone, typed, before)).toEqual(want));

test.each(['', 'my desk', '555'])('a desk phone at %j is refused', (typed) =>
  expect(readPhone(false, typed, '+12065550142')).toMatch(/country code/),
);

describe('the form', () => {
  const save = vi.fn<(phone: Phone) => Promise<void>>();
  let part: PhonePart;
  const form = () => part.element;
  const find = (selector: string) => form().querySelector<HTMLInputElement>(selector);
  const choose = (value: string) => find(`[value=${value}]`)?.click();
  const type = (text: string) => {
    const number = find('#desk-number');
    if (number) number.value = text;
    number?.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const submit = () => form().dispatchEvent(new Event('submit', { cancelable: true }));

  beforeEach(() => {
    Element.prototype.scrollIntoView = () => {}; // missing in jsdom
    save.mockReset().mockResolvedValue();
    part = new PhonePart(save);
    document.body.replaceChildren(part.element);
    part.update({ softphone: true, number: '' }, false);
  });

  test('a desk phone is saved, and that is said', async () => {
    choose('desk');
    type('+1 206 555 0142');
    submit();
    await vi.waitFor(() => expect(form().textContent).toContain('Saved.'));
    expect(save).toHaveBeenCalledWith({ softphone: false, number: '+12065550142' });
  });

  test('a wrong number is not sent; it stays to be put right', () => {
    choose('desk');
    type('extension 12');
    submit();
    expect(save).not.toHaveBeenCalled();
    expect(find('[role=alert]')?.textContent).toContain('country code');
    expect(find('#desk-number')?.value).toBe('extension 12');
    expect(find('#desk-number')?.getAttribute('aria-invalid')).toBe('true');
  });

  test('a refusal is told; what was typed stays, also when the agent is drawn anew', async () => {
    save.mockRejectedValue(new Error('That did not work: no such endpoint.'));
    choose('desk');
    type('+12065550142');
    submit();
    await vi.waitFor(() => expect(find('[role=alert]')?.textContent).toContain('no such endpoint'));
    part.update({ softphone: true, number: '' }, false);
    expect(find('#desk-number')?.value).toBe('+12065550142');
    expect(find('[value=desk]')?.checked).toBe(true);
  });

  test('nothing is changed while a contact is open', () => {
    part.update({ softphone: true, number: '' }, true);
    expect(find('[value=desk]')?.disabled).toBe(true);
    expect(form().textContent).toContain('Close your contact first');
  });

  test('what somebody else set is shown', () => {
    part.update({ softphone: false, number: '+12065550199' }, false);
    expect(find('[value=desk]')?.checked).toBe(true);
    expect(find('#desk-number')?.value).toBe('+12065550199');
  });
});

describe('saving', () => {
  const before = { softphoneEnabled: true, extension: '', name: 'Amelia Ash' };
  const agent = (answer: (told: Callbacks) => void) => {
    const sent: Configuration[] = [];
    const setConfiguration = (c: Configuration, told: Callbacks) => {
      sent.push(c);
      answer(told);
    };
    return { sent, getConfiguration: () => before, setConfiguration };
  };
  const desk: Phone = { softphone: false, number: '+12065550142' };

  test('sends the rest of the configuration as it came', async () => {
    const a = agent((told) => told.success?.());
    await savePhone(a, desk);
    expect(a.sent).toEqual([{ ...before, softphoneEnabled: false, extension: '+12065550142' }]);
  });

  test('fails with the contact centre’s own words', async () => {
    const a = agent((told) => told.failure?.('{"type":"BadEndpointException","message":"not a number"}'));
    await expect(savePhone(a, desk)).rejects.toThrow('That did not work: not a number.');
  });

  test('does not wait for ever', async () => {
    vi.useFakeTimers();
    const failed = expect(
      savePhone(
        agent(() => {}),
        desk,
      ),
    ).rejects.toThrow('does not answer');
    await vi.advanceTimersByTimeAsync(15_000);
    await failed;
    vi.useRealTimers();
  });
});
