import { expect, test } from 'vitest';
import { alone, readAsked } from './host.ts';

test('a window of its own shows every setting and has the audio', () => {
  expect(alone.sections).toEqual({ audio: true, phone: true });
  expect(alone.allowFramedSoftphone).toBe(true);
});

test.each([
  ['without page options', {}, { audio: false, phone: true }],
  ['with empty page options', { pageOptions: {} }, { audio: false, phone: true }],
  ['that asks for audio devices', { pageOptions: { enableAudioDeviceSettings: true } }, { audio: true, phone: true }],
  ['that refuses the phone type', { pageOptions: { enablePhoneTypeSettings: false } }, { audio: false, phone: false }],
  ['that says neither word well', { pageOptions: { enableAudioDeviceSettings: 'yes' } }, { audio: false, phone: true }],
])('a page %s gets its sections', (_, data, want) => expect(readAsked(data).sections).toEqual(want));

test.each([
  ['nothing is said', undefined, false, true],
  ['no softphone is named', { softphone: undefined }, false, true],
  ['the softphone is here', { softphone: { allowFramedSoftphone: true } }, true, true],
  ['early microphone is refused', { softphone: { allowFramedSoftphone: true, allowEarlyGum: false } }, true, false],
  ['the audio is elsewhere', { softphone: { allowFramedSoftphone: false } }, false, true],
])('when %s', (_, data, audio, early) => {
  expect(readAsked(data).allowFramedSoftphone).toBe(audio);
  expect(readAsked(data).allowEarlyGum).toBe(early);
});

test.each([
  [{ ringtoneUrl: 'https://a.example/ring.mp3' }, 'https://a.example/ring.mp3'],
  [{ ringtoneUrl: 'https://a.example/ring.mp3', disableRingtone: true }, ''],
  [{ ringtoneUrl: 7 }, ''],
  [{}, ''],
])('the ringtone of %j is %j', (softphone, want) => expect(readAsked({ softphone }).ringtoneUrl).toBe(want));
