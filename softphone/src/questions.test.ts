// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Questions } from './questions.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

const consent = { title: 'Consent', message: 'May it be recorded?', confirm: 'Yes', cancel: '' };

function desk() {
  const box = document.createElement('div');
  document.body.append(box);
  const button = (name: string) => [...box.querySelectorAll('button')].find((b) => b.textContent === name);
  return { box, questions: new Questions(box), button };
}

test.each([
  ['Yes', true],
  ['Cancel', false],
])('the agent answers %s', async (words, confirmed) => {
  const { box, questions, button } = desk();
  const answer = questions.ask(consent, 45_000);
  const dialog = box.querySelector('[role=alertdialog]');
  const named = (attribute: string) => document.getElementById(dialog?.getAttribute(attribute) ?? '')?.textContent;
  expect([named('aria-labelledby'), named('aria-describedby')]).toEqual(['Consent', 'May it be recorded?']);
  button(words)?.click();
  await expect(answer).resolves.toEqual({ confirmed });
  expect(box.childElementCount).toBe(0);
});

test('Escape cancels, and the focus goes back where it was', async () => {
  const { box, questions } = desk();
  const field = document.createElement('input');
  document.body.append(field);
  field.focus();
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  const answer = questions.ask(consent, 45_000);
  expect(document.activeElement?.textContent).toBe('Yes');
  box.querySelector('section')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
  await expect(answer).resolves.toEqual({ confirmed: false });
  expect(document.activeElement).toBe(field);
});

test('who writes elsewhere is not interrupted', () => {
  const { questions } = desk();
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
  void questions.ask(consent, 45_000);
  expect(document.activeElement).toBe(document.body);
});

test('a question that nobody answers goes away', async () => {
  const { box, questions } = desk();
  const answer = expect(questions.ask(consent, 45_000)).rejects.toThrow('Nobody answered');
  await vi.advanceTimersByTimeAsync(45_000);
  await answer;
  expect(box.childElementCount).toBe(0);
});

test('three questions are enough at a time', async () => {
  const { questions, button } = desk();
  const asked = [1, 2, 3].map(() => questions.ask(consent, 45_000));
  await expect(questions.ask(consent, 45_000)).rejects.toThrow('other questions');
  button('Yes')?.click();
  await expect(asked[0]).resolves.toEqual({ confirmed: true });
  void questions.ask(consent, 45_000);
  expect(document.querySelectorAll('section')).toHaveLength(3);
});
