import { expect, test } from 'vitest';
import { panelOptions } from './panel-options.ts';

const settings = { region: 'us-east-1', defaultCountry: 'US', clickToDial: true };
const panel = { medialess: false, earlyMicrophone: false, audioDevices: false, phoneType: true };

test('an adapter that says nothing leaves the panel as the library shows it', () => {
  expect(panelOptions(null)).toEqual({ softphone: { allowFramedSoftphone: true, disableRingtone: false } });
});

test('a record as delivered takes no microphone early, and lets agents choose their phone', () => {
  expect(panelOptions({ ...settings, panel })).toEqual({
    region: 'us-east-1',
    softphone: { allowFramedSoftphone: true, disableRingtone: false, allowEarlyGum: false },
    pageOptions: { enableAudioDeviceSettings: false, enablePhoneTypeSettings: true },
  });
});

test('every field is an option', () => {
  const all = {
    medialess: true,
    earlyMicrophone: true,
    audioDevices: true,
    phoneType: false,
    ringtoneUrl: 'https://sounds.example/voice.mp3',
    chatRingtoneUrl: 'https://sounds.example/chat.mp3',
  };
  expect(panelOptions({ ...settings, panel: all })).toEqual({
    region: 'us-east-1',
    softphone: {
      allowFramedSoftphone: false,
      disableRingtone: false,
      ringtoneUrl: all.ringtoneUrl,
      allowEarlyGum: true,
    },
    chat: { disableRingtone: false, ringtoneUrl: all.chatRingtoneUrl },
    pageOptions: { enableAudioDeviceSettings: true, enablePhoneTypeSettings: false },
  });
});

test('an address that is none is no ringtone', () => {
  const { softphone } = panelOptions({ ...settings, panel: { ...panel, ringtoneUrl: 'javascript:alert(1)' } });
  expect(softphone).not.toHaveProperty('ringtoneUrl');
});
