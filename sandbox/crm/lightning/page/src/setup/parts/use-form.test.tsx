// @vitest-environment jsdom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { Refusal } from '../../api.ts';
import { useForm } from './use-form.ts';

afterEach(cleanup);

const refuse = (fields: string[]) => () =>
  Promise.reject(new Refusal(400, [{ code: 'REQUIRED_FIELD_MISSING', message: 'You must enter a value', fields }]));

test('a refused form keeps what was typed, says what is wrong at the field, and forgets it once that is typed anew', async () => {
  const { result } = renderHook(() => useForm({ name: '', alias: '' }));
  act(() => result.current.set('alias', 'noor'));
  await act(async () => expect(await result.current.submit(refuse(['name']))).toBe(false));
  expect(result.current.text('alias')).toBe('noor');
  expect(result.current.error('name')).toBe('You must enter a value');
  expect(result.current.problem).toBe('Review all error messages below to correct your data.');
  act(() => result.current.set('name', 'N'));
  expect(result.current.error('name')).toBe('');
  await act(async () => expect(await result.current.submit(refuse(['name']))).toBe(false));
  expect(result.current.error('name')).toBe('You must enter a value');
});

test('a form that was taken has nothing wrong with it', async () => {
  const { result } = renderHook(() => useForm({ name: '' }));
  await act(async () => void (await result.current.submit(refuse(['elsewhere']))));
  expect(result.current.problem).toBe('You must enter a value');
  await act(async () => expect(await result.current.submit(async () => undefined)).toBe(true));
  expect(result.current.problem).toBe('');
  expect(result.current.isBusy).toBe(false);
});
