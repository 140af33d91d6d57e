/** What an agent chooses a device for. */
export type Use = 'speaker' | 'microphone' | 'ringer';

/** A device that was chosen; its name is kept for the day when it is not there. An empty id is the browser's default. */
export interface Choice {
  id: string;
  label: string;
}

export type Choices = Record<Use, Choice>;

/** What of a device matters here. */
export type Device = Pick<MediaDeviceInfo, 'deviceId' | 'kind' | 'label'>;

export const uses: Use[] = ['speaker', 'microphone', 'ringer'];

const kinds: Record<Use, MediaDeviceKind> = {
  speaker: 'audiooutput',
  microphone: 'audioinput',
  ringer: 'audiooutput',
};

/** Names by which browsers list a device a second time, for a role that the system gives it. */
const roles = ['default', 'communications'];

/** Devices of a use that the browser names; none before the microphone is allowed. */
export const named = (devices: Device[], use: Use): Device[] =>
  devices.filter((d) => d.kind === kinds[use] && d.deviceId !== '');

/** What can be chosen: the default first. */
export function options(devices: Device[], use: Use): Choice[] {
  const all = named(devices, use);
  const usual = all.find((d) => d.deviceId === 'default')?.label || 'Default';
  const own = all.filter((d) => !roles.includes(d.deviceId));
  return [{ id: '', label: usual }, ...own.map((d, at) => ({ id: d.deviceId, label: d.label || `Device ${at + 1}` }))];
}

/** Whether a chosen device is not connected. Nobody can tell while the browser names none. */
export function gone(devices: Device[], use: Use, choice: Choice): boolean {
  const all = named(devices, use);
  return choice.id !== '' && all.length > 0 && !all.some((d) => d.deviceId === choice.id);
}

/** The device to use: the chosen one, or the default if there is no choice or it is gone; then empty. */
export const standing = (devices: Device[], use: Use, choice: Choice): string =>
  gone(devices, use, choice) ? '' : choice.id;

/** The name by which the library is given a device: it takes no empty one for the default. */
export function exact(devices: Device[], use: Use, id: string): string {
  if (id !== '') return id;
  const all = named(devices, use);
  return (all.find((d) => d.deviceId === 'default') ?? all[0])?.deviceId ?? '';
}

const none: Choice = { id: '', label: '' };

/** Choices as they were written to the browser's storage; the default for whatever is not one. */
export function readChoices(text: string | null): Choices {
  const read: Choices = { speaker: none, microphone: none, ringer: none };
  try {
    const kept: unknown = JSON.parse(text ?? '{}');
    if (typeof kept !== 'object' || kept === null) return read;
    for (const use of uses) {
      const choice: unknown = Reflect.get(kept, use);
      if (isChoice(choice)) read[use] = { id: choice.id, label: choice.label };
    }
  } catch {
    // not what this page wrote
  }
  return read;
}

const isChoice = (v: unknown): v is Choice =>
  typeof v === 'object' &&
  v !== null &&
  'id' in v &&
  'label' in v &&
  typeof v.id === 'string' &&
  typeof v.label === 'string';
