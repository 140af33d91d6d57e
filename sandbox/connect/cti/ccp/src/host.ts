/** What the page around this one asks of it, with the usual in place of what it left out. Source: README of amazon-connect-streams, `initCCP`. */
export interface Asked {
  /** Whether this page, though framed, is where the agent speaks and hears. */
  allowFramedSoftphone: boolean;
  allowEarlyGum: boolean;
  echoCancellation: boolean;
  /** Address of a ringtone that takes the place of the panel's own; empty for that one, or for none at all. */
  ringtoneUrl: string;
  sections: Sections;
}

/** Which parts of the settings are shown. */
export interface Sections {
  audio: boolean;
  phone: boolean;
}

/** A window of its own asks nobody. */
export const alone: Asked = {
  allowFramedSoftphone: true,
  allowEarlyGum: true,
  echoCancellation: true,
  ringtoneUrl: '',
  sections: { audio: true, phone: true },
};

/** Reads the data of a `configure` message; also what the library keeps of one, as `{softphone}`. */
export function readAsked(data: unknown): Asked {
  const { softphone, pageOptions } = record(data);
  const sound = record(softphone);
  const options = record(pageOptions);
  return {
    allowFramedSoftphone: sound.allowFramedSoftphone === true,
    allowEarlyGum: sound.allowEarlyGum !== false,
    echoCancellation: !sound.disableEchoCancellation,
    ringtoneUrl: !sound.disableRingtone && typeof sound.ringtoneUrl === 'string' ? sound.ringtoneUrl : '',
    sections: { audio: options.enableAudioDeviceSettings === true, phone: options.enablePhoneTypeSettings !== false },
  };
}

const record = (v: unknown): Record<string, unknown> =>
  typeof v === 'object' && v !== null ? (v as Record<string, unknown>) : {};
