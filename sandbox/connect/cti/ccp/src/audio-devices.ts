import { type Choices, type Device, exact, gone, readChoices, standing, type Use } from './devices.ts';
import type { Agent } from './streams.ts';

const kept = 'AudioDevices';

/** The devices of this browser and which of them its agent has chosen; remembered in the storage of the panel's origin. */
export class AudioDevices {
  /** Whether sound can be sent to a device of one's choice. */
  readonly canChooseSpeaker = 'setSinkId' in HTMLMediaElement.prototype && mayChooseSpeaker();
  devices: Device[] = [];
  choices: Choices;
  private readonly media: MediaDevices | undefined = navigator.mediaDevices; // missing in a page without TLS

  constructor(
    /** Fails where the browser withholds storage from framed pages; choices last as long as the page then. */
    private readonly storage: () => Storage,
    private readonly changed: () => void,
  ) {
    this.choices = readChoices(this.remembered());
    this.media?.addEventListener('devicechange', () => void this.look());
    window.addEventListener('storage', (e) => {
      if (e.key !== kept) return;
      this.choices = readChoices(e.newValue);
      changed();
    });
  }

  /** Lists the devices anew; the browser names them once the microphone is allowed. */
  async look(): Promise<void> {
    this.devices = (await this.media?.enumerateDevices().catch(() => [])) ?? [];
    this.changed();
  }

  choose(use: Use, id: string, label: string): void {
    this.choices = { ...this.choices, [use]: { id, label } };
    try {
      this.storage().setItem(kept, JSON.stringify(this.choices));
    } catch {
      // withheld, or full
    }
    this.changed();
  }

  /** The device that a use has now; empty for the default. */
  of(use: Use): string {
    return standing(this.devices, use, this.choices[use]);
  }

  isGone(use: Use): boolean {
    return gone(this.devices, use, this.choices[use]);
  }

  /** Has the library use what was chosen, in every tab. What was never chosen is left to the browser. */
  apply(agent: Agent, use: Use): void {
    const id = exact(this.devices, use, this.of(use));
    if (id === '') return;
    if (use === 'microphone') agent.setMicrophoneDevice(id);
    else if (!this.canChooseSpeaker) return;
    else if (use === 'speaker') agent.setSpeakerDevice(id);
    else agent.setRingerDevice(id);
  }

  /** Applies again what is not the default: a call begins with the default ones. */
  applyChosen(agent: Agent, ...those: Use[]): void {
    for (const use of those) if (this.choices[use].id !== '') this.apply(agent, use);
  }

  /** The chosen microphone; the default one, and a word about it, if the chosen one is not there. */
  async open(echoCancellation: boolean, missing: () => void): Promise<MediaStream> {
    if (!this.media) throw new DOMException('this page may not use the microphone', 'NotAllowedError');
    const { id } = this.choices.microphone;
    if (this.isGone('microphone')) missing();
    else if (id !== '') {
      try {
        return await this.media.getUserMedia({ audio: { echoCancellation, deviceId: { exact: id } } });
      } catch (e) {
        if (!isMissing(e)) throw e;
        missing();
      }
    }
    return this.media.getUserMedia({ audio: { echoCancellation } });
  }

  private remembered(): string | null {
    try {
      return this.storage().getItem(kept);
    } catch {
      return null;
    }
  }
}

/** Whether the pages around this one let it choose. Browsers that know no such rule let every page. */
function mayChooseSpeaker(): boolean {
  const policy: unknown = Reflect.get(document, 'featurePolicy');
  if (typeof policy !== 'object' || policy === null) return true;
  const { features, allowsFeature } = policy as { features?: () => string[]; allowsFeature?: (f: string) => boolean };
  const isKnown = features?.call(policy).includes('speaker-selection') === true;
  return !isKnown || allowsFeature?.call(policy, 'speaker-selection') !== false;
}

const isMissing = (e: unknown): boolean =>
  typeof e === 'object' &&
  e !== null &&
  'name' in e &&
  (e.name === 'OverconstrainedError' || e.name === 'NotFoundError');
