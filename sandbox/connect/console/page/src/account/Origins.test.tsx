// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { App } from '../App.tsx';
import { Api } from '../api.ts';
import type { Session } from '../wire.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const session: Session = {
  csrf: 'token',
  user: { id: 'u', name: 'Ada Byrne', username: 'admin' },
  administrator: true,
  permissions: [],
  allPermissions: [],
  instances: [
    { id: 'i', arn: 'arn', alias: 'desk', accessUrl: 'http://desk', status: 'Active', region: 'us-east-1', created: 0 },
  ],
};

/** A service with origins; it refuses paths. Writes without the token are refused as well. */
function serve(origins: string[]) {
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const reply = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
    if (init.method !== 'GET' && new Headers(init.headers).get('X-CSRF-Token') !== 'token')
      return reply(403, { message: 'forged' });
    if (init.method === 'PUT') {
      const { Origin } = JSON.parse(String(init.body)) as { Origin: string };
      if (new URL(Origin).pathname !== '/') return reply(400, { message: 'without a path', Field: 'Origin' });
      origins.push(Origin);
      return reply(200, {});
    }
    if (init.method === 'DELETE') {
      origins.splice(origins.indexOf(new URL(path, 'http://x').searchParams.get('origin') ?? ''), 1);
      return reply(200, {});
    }
    return reply(200, { Origins: origins });
  });
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
}

function open(address: string) {
  window.history.replaceState(null, '', address);
  render(<App session={session} api={new Api('i', session.csrf)} />);
  return userEvent.setup();
}

test('a region without instances says where there are some', async () => {
  serve([]);
  const user = open('/console/instances?region=eu-west-2');
  expect(screen.getByText('No instances in Europe (London)')).toBeDefined();
  await user.selectOptions(screen.getByLabelText('Region'), 'us-east-1');
  expect(screen.getByRole('link', { name: 'desk' })).toBeDefined();
});

test('an origin with a path is refused and stays typed; without one it is listed; it is removed after a question', async () => {
  serve([]);
  const user = open('/console/instances/i/application-integration');
  await screen.findByText('No approved origins');
  await user.click(screen.getByRole('button', { name: '+ Add origin' }));
  const field = screen.getByLabelText<HTMLInputElement>('Enter origin URL');
  await user.type(field, 'https://a.example/x');
  await user.click(screen.getByRole('button', { name: 'Add' }));
  expect((await screen.findByRole('alert')).textContent).toBe('without a path');
  expect(field.value).toBe('https://a.example/x');
  await user.clear(field);
  await user.type(field, 'https://a.example');
  await user.click(screen.getByRole('button', { name: 'Add' }));
  await screen.findByRole('rowheader', { name: 'https://a.example' });
  await user.click(screen.getByRole('button', { name: 'Remove https://a.example' }));
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove' }));
  await screen.findByText('No approved origins');
});
