import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Api } from './api.ts';

const example = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../testdata/${name}.json`, import.meta.url), 'utf8'));

const answering = (status: number, body: unknown) => {
  const asked: { path: string; init: RequestInit }[] = [];
  const api = new Api(async (path, init) => {
    asked.push({ path, init });
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
  });
  return { api, asked };
};

test('every example of an answer is understood', async () => {
  expect((await answering(200, example('me')).api.me()).name).toBe('Ada Byrne');
  expect((await answering(200, example('calls')).api.calls(new URLSearchParams())).calls).toHaveLength(5);
  expect((await answering(200, example('call')).api.call('x')).legs[0]?.runs[1]?.why?.code).toBe('wait.signIn');
  expect((await answering(200, example('steps')).api.steps(7, 1)).steps[1]?.resultCut).toBe(70_000);
  expect((await answering(200, example('waiting')).api.waiting(new URLSearchParams())).groups[0]?.count).toBe(1);
  expect((await answering(200, example('health')).api.health()).agents[0]?.pages).toBe(2);
});

test('what changes something carries the token of whoever is signed in, and what is named is escaped', async () => {
  const { api, asked } = answering(200, { ...(example('me') as object), done: true });
  await api.me();
  await api.retry(12);
  await api.release('a/b');
  expect(asked.slice(1).map((a) => [a.init.method, a.path])).toEqual([
    ['POST', '/admin/api/runs/12/retry'],
    ['POST', '/admin/api/bindings/a%2Fb/release'],
  ]);
  expect(new Headers(asked[1]?.init.headers).get('Patchcord-CSRF')).toBe('nEverTheSameTwice');
});

test.each([
  [400, 'invalid'],
  [401, 'unsigned'],
  [403, 'denied'],
  [404, 'missing'],
  [409, 'conflict'],
  [500, 'internal'],
  [503, 'away'],
])("%i is %s, in the adapter's words", async (status, trouble) => {
  const refused = answering(status, { code: 'c', sentence: 'In words.' }).api.health();
  await expect(refused).rejects.toMatchObject({ trouble, message: 'In words.' });
});

test('no answer, an answer of a proxy and one that is not understood are told in words', async () => {
  const silent = new Api(() => Promise.reject(new TypeError('Failed to fetch')));
  await expect(silent.health()).rejects.toMatchObject({ trouble: 'away', message: 'The adapter does not answer.' });
  await expect(answering(502, '<html>').api.health()).rejects.toMatchObject({ trouble: 'away' });
  await expect(answering(200, '<html>').api.health()).rejects.toMatchObject({ trouble: 'internal' });
});
