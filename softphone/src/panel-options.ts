/// <reference types="amazon-connect-streams" />
import { httpUrl } from './settings.ts';
import type { Settings } from './wire/read.ts';

type Options = Pick<connect.InitCCPOptions, 'region' | 'softphone' | 'chat' | 'pageOptions'>;

/**
 * What the adapter record says, as the library's options. Nothing of them is left to the panel once they are known: it would take
 * the microphone early by itself, and show agents its settings. Source: the library's README, initCCP.
 */
export function panelOptions(settings: Settings | null): Options {
  const panel = settings?.panel;
  const region = settings?.region ?? '';
  const voice = httpUrl(panel?.ringtoneUrl ?? '');
  const chat = httpUrl(panel?.chatRingtoneUrl ?? '');
  return {
    ...(region === '' ? {} : { region }),
    softphone: {
      allowFramedSoftphone: !(panel?.medialess ?? false),
      disableRingtone: false,
      ...(voice === '' ? {} : { ringtoneUrl: voice }),
      ...(panel ? { allowEarlyGum: panel.earlyMicrophone } : {}),
    },
    ...(chat === '' ? {} : { chat: { disableRingtone: false, ringtoneUrl: chat } }),
    ...(panel
      ? { pageOptions: { enableAudioDeviceSettings: panel.audioDevices, enablePhoneTypeSettings: panel.phoneType } }
      : {}),
  };
}
