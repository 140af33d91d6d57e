import { expect, test, vi } from 'vitest';
import { askForMicrophone, hearStreams, type Leave, watchMicrophone } from './microphone.ts';

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

test('that the browser will ask is told a little later, with what it says then', async () => {
  vi.useFakeTimers();
  const permission: { state: Leave } = { state: 'prompt' };
  const told: Leave[] = [];
  await watchMicrophone({ query: async () => permission } as unknown as Permissions, (l) => told.push(l));
  expect(told).toEqual([]);
  permission.state = 'granted';
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual(['granted']);
  vi.useRealTimers();
});

test('a stream with sound is told, whoever opens it; one without, or none, is not', async () => {
  const had = vi.fn();
  let tracks: unknown[] = [{}];
  let error: Error | undefined;
  const devices = {
    getUserMedia: async () => {
      if (error) throw error;
      return { getAudioTracks: () => tracks };
    },
  } as unknown as MediaDevices;
  hearStreams(devices, had);
  await devices.getUserMedia({ audio: true });
  expect(had).toHaveBeenCalledOnce();
  tracks = [];
  await devices.getUserMedia({ video: true });
  error = new Error('refused');
  await expect(devices.getUserMedia({ audio: true })).rejects.toThrow('refused');
  expect(had).toHaveBeenCalledOnce();
  hearStreams(undefined, had); // a page without TLS
});
