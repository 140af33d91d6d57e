import { describe, expect, test } from 'vitest';
import { type Device, exact, gone, options, readChoices, standing } from './devices.ts';

const device = (kind: MediaDeviceKind, deviceId: string, label: string): Device => ({ kind, deviceId, label });

const all = [
  device('audioinput', 'default', 'Default - Built-in microphone'),
  device('audioinput', 'm1', 'Built-in microphone'),
  device('audioinput', 'm2', 'Headset microphone'),
  device('audiooutput', 's1', 'Headset'),
  device('videoinput', 'v1', 'Camera'),
];
const unnamed = [device('audioinput', '', ''), device('audiooutput', '', '')];
const headset = { id: 'm2', label: 'Headset microphone' };
const lost = { id: 'm9', label: 'Old headset' };

describe('what can be chosen', () => {
  test('the default comes first, by the name that the browser has for it, and only once', () =>
    expect(options(all, 'microphone').map((o) => o.label)).toEqual([
      'Default - Built-in microphone',
      'Built-in microphone',
      'Headset microphone',
    ]));
  test('a browser that names no default has one nevertheless', () =>
    expect(options(all, 'ringer')).toEqual([
      { id: '', label: 'Default' },
      { id: 's1', label: 'Headset' },
    ]));
  test('before the microphone is allowed there is only the default', () =>
    expect(options(unnamed, 'speaker')).toEqual([{ id: '', label: 'Default' }]));
});

test.each([
  ['one that is connected', all, headset, false, 'm2'],
  ['one that is not connected', all, lost, true, ''],
  ['the default', all, { id: '', label: '' }, false, ''],
  ['any, while the browser names none', unnamed, headset, false, 'm2'],
])('of a choice, %s: gone or used', (_, devices, choice, isGone, used) => {
  expect(gone(devices, 'microphone', choice)).toBe(isGone);
  expect(standing(devices, 'microphone', choice)).toBe(used);
});

test.each([
  ['a chosen device by its id', all, 'm2', 'm2'],
  ['the default by the browser’s name for it', all, '', 'default'],
  ['the default of a browser without such a name by its first device', all.slice(1), '', 'm1'],
  ['nothing while the browser names none', unnamed, '', ''],
])('the library is given %s', (_, devices, id, want) => expect(exact(devices, 'microphone', id)).toBe(want));

test.each([
  ['nothing', null],
  ['no JSON', '{'],
  ['null', 'null'],
  ['another shape', '{"microphone":{"id":7},"speaker":"s1"}'],
])('what is kept as %s is the default', (_, text) =>
  expect(Object.values(readChoices(text)).map((c) => c.id)).toEqual(['', '', '']),
);

test('what was kept is read again', () =>
  expect(readChoices(JSON.stringify({ microphone: headset })).microphone).toEqual(headset));
