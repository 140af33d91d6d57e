import type { AudioDevices } from './audio-devices.ts';
import { named, options, type Use, uses } from './devices.ts';
import { element } from './dom.ts';
import type { Part } from './settings.ts';
import { TestSound } from './test-sound.ts';

const labels: Record<Use, string> = { speaker: 'Speaker', microphone: 'Microphone', ringer: 'Ringer' };

/** What a person does with the audio settings. */
export interface AudioDoing {
  /** Has the browser ask for the microphone; false if it may not be used. */
  ask(): Promise<boolean>;
  chosen(use: Use): void;
}

interface Field {
  element: HTMLElement;
  select: HTMLSelectElement;
  missing: HTMLElement;
}

/** Where the agent hears calls and ringing, and what the agent speaks into. */
export class AudioPart implements Part {
  readonly element: HTMLElement;
  private readonly fields: Record<Use, Field>;
  private readonly asking: HTMLElement;
  private readonly refused = element('p', { role: 'alert', class: 'wrong', hidden: '' });
  private readonly oneSpeaker = element(
    'p',
    { class: 'hint', hidden: '' },
    'Calls and ringing are heard on the system’s own output: this browser lets no page choose another here.',
  );

  constructor(
    private readonly devices: AudioDevices,
    private readonly doing: AudioDoing,
  ) {
    const sound = new TestSound();
    this.fields = {
      speaker: this.field(
        'speaker',
        sound.button('Test speaker', () => devices.of('speaker')),
      ),
      microphone: this.field('microphone'),
      ringer: this.field(
        'ringer',
        sound.button('Test ringer', () => devices.of('ringer')),
      ),
    };
    const allow = element('button', { type: 'button', class: 'action' }, 'Allow microphone');
    allow.addEventListener('click', () => void this.ask(allow));
    this.asking = element(
      'div',
      { class: 'asking' },
      element('p', {}, 'Browsers name audio devices only to pages that may use the microphone.'),
      allow,
      this.refused,
    );
    this.element = element(
      'section',
      { class: 'part', 'aria-labelledby': 'audio-title' },
      element('h2', { id: 'audio-title' }, 'Audio devices'),
      this.asking,
      ...uses.map((use) => this.fields[use].element),
      this.oneSpeaker,
      sound.problem,
    );
    this.draw();
  }

  opened(): void {
    void this.devices.look();
  }

  /** Shows the devices that are there now. */
  draw(): void {
    const { devices } = this.devices;
    const isNamed = named(devices, 'microphone').length > 0 || named(devices, 'speaker').length > 0;
    const hasOutputs = this.devices.canChooseSpeaker && named(devices, 'speaker').length > 0;
    this.asking.hidden = isNamed;
    this.oneSpeaker.hidden = !isNamed || hasOutputs;
    for (const use of uses) {
      this.fields[use].element.hidden = !isNamed || (use !== 'microphone' && !hasOutputs);
      this.fill(use);
    }
  }

  private fill(use: Use): void {
    const { select, missing } = this.fields[use];
    const all = options(this.devices.devices, use);
    const now = [...select.options].map((o) => `${o.value} ${o.text}`).join();
    if (now !== all.map((o) => `${o.id} ${o.label}`).join())
      select.replaceChildren(...all.map((o) => element('option', { value: o.id }, o.label)));
    select.value = this.devices.of(use);
    const isGone = this.devices.isGone(use);
    const name = this.devices.choices[use].label || 'The chosen device';
    missing.hidden = !isGone;
    const words = isGone ? `“${name}” is not connected. The default is used until it is back.` : '';
    if (missing.textContent !== words) missing.textContent = words;
  }

  private field(use: Use, ...more: HTMLElement[]): Field {
    const id = `audio-${use}`;
    const select = element('select', { id, 'aria-describedby': `${id}-missing` });
    const missing = element('p', { id: `${id}-missing`, role: 'status', class: 'missing', hidden: '' });
    select.addEventListener('change', () => {
      const label = select.selectedOptions[0]?.text ?? '';
      this.devices.choose(use, select.value, select.value === '' ? '' : label);
      this.doing.chosen(use);
    });
    const row = element('div', { class: 'row' }, select, ...more);
    return {
      element: element('div', { class: 'field' }, element('label', { for: id }, labels[use]), row, missing),
      select,
      missing,
    };
  }

  private async ask(allow: HTMLButtonElement): Promise<void> {
    allow.disabled = true;
    const allowed = await this.doing.ask();
    allow.disabled = false;
    this.refused.hidden = allowed;
    this.refused.textContent = allowed
      ? ''
      : 'The microphone is not allowed. Connect one, allow it for this site in the browser’s address bar, then try again.';
    await this.devices.look();
    if (allowed) this.fields.microphone.select.focus();
    else this.refused.scrollIntoView({ block: 'nearest' });
  }
}
