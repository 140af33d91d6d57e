import { expect, test, vi } from 'vitest';
import { askForMicrophone, type Leave, watchMicrophone } from './microphone.ts';

test('what the browser allows is told at once and whenever it changes', async () => {
  const permission: { state: Leave; onchange: (() => void) | null } = { state: 'denied', onchange: null };
  const told: Leave[] = [];
  await watchMicrophone({ query: async () => permission } as unknown as Permissions, (l) => told.push(l));
  permission.state = 'granted';
  permission.onchange?.();
  expect(told).toEqual(['denied', 'granted']);
});

test('a browser that cannot be asked tells nothing', async () => {
  const tell = vi.fn();
  await watchMicrophone({ query: () => Promise.reject(new TypeError()) } as unknown as Permissions, tell);
  await watchMicrophone(undefined, tell);
  expect(tell).not.toHaveBeenCalled();
});

test('asking lets go of the microphone again', async () => {
  const stop = vi.fn();
  const devices = { getUserMedia: async () => ({ getTracks: () => [{ stop }] }) } as unknown as MediaDevices;
  expect(await askForMicrophone(devices)).toBe(true);
  expect(stop).toHaveBeenCalledOnce();
  const refusing = { getUserMedia: () => Promise.reject(new DOMException('', 'NotAllowedError')) };
  expect(await askForMicrophone(refusing as unknown as MediaDevices)).toBe(false);
});
