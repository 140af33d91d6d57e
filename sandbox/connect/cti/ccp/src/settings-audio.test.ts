// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AudioDevices } from './audio-devices.ts';
import type { Device, Use } from './devices.ts';
import { AudioPart } from './settings-audio.ts';
import type { Agent } from './streams.ts';

const input = (deviceId: string, label: string): Device => ({ kind: 'audioinput', deviceId, label });
const output = (deviceId: string, label: string): Device => ({ kind: 'audiooutput', deviceId, label });
const connected = [
  input('default', 'Default'),
  input('m1', 'Built-in'),
  input('m2', 'Headset'),
  output('default', 'Default'),
  output('s1', 'Headset'),
];

/** A browser with devices that come and go. */
class FakeMedia extends EventTarget {
  listed: Device[] = connected;
  readonly asked: MediaStreamConstraints[] = [];
  enumerateDevices = async () => this.listed;
  getUserMedia = async (c: MediaStreamConstraints) => {
    this.asked.push(c);
    const device = typeof c.audio === 'object' ? c.audio.deviceId : undefined;
    const id = typeof device === 'object' && 'exact' in device ? device.exact : undefined;
    if (id !== undefined && !this.listed.some((d) => d.deviceId === id))
      throw Object.assign(new Error('no such device'), { name: 'OverconstrainedError' });
    return new EventTarget() as MediaStream;
  };
}

let media: FakeMedia;
const agent = () => {
  const set: string[] = [];
  const tell = (use: Use) => (id: string) => set.push(`${use} ${id}`);
  const fake = {
    setMicrophoneDevice: tell('microphone'),
    setSpeakerDevice: tell('speaker'),
    setRingerDevice: tell('ringer'),
  };
  return { set, agent: fake as unknown as Agent };
};

beforeEach(() => {
  Element.prototype.scrollIntoView = () => {}; // missing in jsdom
  media = new FakeMedia();
  Object.defineProperty(navigator, 'mediaDevices', { value: media, configurable: true });
  Object.defineProperty(HTMLMediaElement.prototype, 'setSinkId', { value: async () => {}, configurable: true });
  localStorage.clear();
});
afterEach(() => {
  Reflect.deleteProperty(HTMLMediaElement.prototype, 'setSinkId');
});

async function room(storage: () => Storage = () => localStorage) {
  const devices = new AudioDevices(storage, () => part.draw());
  const doing = { ask: vi.fn(async () => true), chosen: vi.fn() };
  const part: AudioPart = new AudioPart(devices, doing);
  document.body.replaceChildren(part.element);
  await devices.look();
  const select = (use: Use) => part.element.querySelector<HTMLSelectElement>(`#audio-${use}`);
  const isShown = (use: Use) => select(use)?.closest('.field')?.hasAttribute('hidden') === false;
  return { devices, doing, part, select, isShown };
}

describe('the part of the settings', () => {
  test('a choice is told, remembered, and there again', async () => {
    const { doing, select } = await room();
    const microphone = select('microphone');
    if (microphone) microphone.value = 'm2';
    microphone?.dispatchEvent(new Event('change'));
    expect(doing.chosen).toHaveBeenCalledWith('microphone');
    const again = await room();
    expect(again.select('microphone')?.value).toBe('m2');
  });

  test('a device that is pulled out gives way to the default, says so, and is used again when it is back', async () => {
    const { devices, part, select } = await room();
    devices.choose('microphone', 'm2', 'Headset');
    media.listed = connected.filter((d) => d.deviceId !== 'm2');
    media.dispatchEvent(new Event('devicechange'));
    await vi.waitFor(() => expect(part.element.textContent).toContain('“Headset” is not connected.'));
    expect(select('microphone')?.value).toBe('');
    media.listed = connected;
    media.dispatchEvent(new Event('devicechange'));
    await vi.waitFor(() => expect(select('microphone')?.value).toBe('m2'));
    expect(part.element.textContent).not.toContain('not connected');
  });

  test('before the microphone is allowed there is a button instead; a refusal is told', async () => {
    media.listed = [input('', ''), output('', '')];
    const { doing, isShown, part } = await room();
    expect((['speaker', 'microphone', 'ringer'] as const).map(isShown)).toEqual([false, false, false]);
    const allow = [...part.element.querySelectorAll('button')].find((b) => b.textContent === 'Allow microphone');
    doing.ask.mockResolvedValueOnce(false);
    allow?.click();
    await vi.waitFor(() => expect(part.element.textContent).toContain('The microphone is not allowed.'));
    media.listed = connected;
    allow?.click();
    await vi.waitFor(() => expect(isShown('microphone')).toBe(true));
    expect(part.element.textContent).not.toContain('The microphone is not allowed.');
  });

  test('a browser that sends sound to no device of one’s choice offers only the microphone, and says so', async () => {
    Reflect.deleteProperty(HTMLMediaElement.prototype, 'setSinkId');
    const { devices, isShown, part } = await room();
    expect((['speaker', 'microphone', 'ringer'] as const).map(isShown)).toEqual([false, true, false]);
    const note = [...part.element.querySelectorAll('p')].find((p) => p.textContent?.includes('own output'));
    expect(note?.hidden).toBe(false);
    const { agent: a, set } = agent();
    devices.apply(a, 'speaker');
    expect(set).toEqual([]);
  });
});

describe('what is chosen is used', () => {
  test('by the library, which is given a name for the default too', async () => {
    const { devices } = await room();
    const { agent: a, set } = agent();
    devices.applyChosen(a, 'microphone', 'speaker', 'ringer');
    expect(set).toEqual([]); // nothing was chosen
    devices.choose('microphone', 'm2', 'Headset');
    devices.applyChosen(a, 'microphone', 'speaker');
    devices.choose('microphone', '', '');
    devices.apply(a, 'microphone');
    expect(set).toEqual(['microphone m2', 'microphone default']);
  });

  test('by a call that opens the microphone', async () => {
    const { devices } = await room();
    const missing = vi.fn();
    devices.choose('microphone', 'm2', 'Headset');
    await devices.open(false, missing);
    expect(media.asked).toEqual([{ audio: { echoCancellation: false, deviceId: { exact: 'm2' } } }]);
    expect(missing).not.toHaveBeenCalled();
  });

  test.each([
    ['known to be gone', true, [{ audio: { echoCancellation: true } }]],
    [
      'found to be gone',
      false,
      [{ audio: { echoCancellation: true, deviceId: { exact: 'm2' } } }, { audio: { echoCancellation: true } }],
    ],
  ])('by a call whose microphone is %s: the default one, with a word about it', async (_, isKnown, asked) => {
    const { devices } = await room();
    devices.choose('microphone', 'm2', 'Headset');
    media.listed = connected.filter((d) => d.deviceId !== 'm2');
    if (isKnown) await devices.look();
    const missing = vi.fn();
    await devices.open(true, missing);
    expect(missing).toHaveBeenCalledOnce();
    expect(media.asked).toEqual(asked);
  });

  test('a refusal of the browser is not taken for a missing device', async () => {
    const { devices } = await room();
    devices.choose('microphone', 'm2', 'Headset');
    media.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    await expect(devices.open(true, () => {})).rejects.toThrow();
  });

  test('also where the browser withholds storage, for as long as the page is there', async () => {
    const withheld = () => {
      throw new DOMException('', 'SecurityError');
    };
    const { devices } = await room(withheld);
    devices.choose('microphone', 'm2', 'Headset');
    expect(devices.of('microphone')).toBe('m2');
  });
});
