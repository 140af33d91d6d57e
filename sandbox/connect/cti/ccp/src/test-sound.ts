import { element } from './dom.ts';
import { own } from './ringtone.ts';

/** Plays the panel's ringtone once, to hear where a device is. One plays at a time. */
export class TestSound {
  readonly problem = element('p', { role: 'alert', class: 'wrong', hidden: '' });
  private playing: HTMLAudioElement | undefined;

  /** A button that plays on the device of that moment; empty for the default. */
  button(label: string, device: () => string): HTMLButtonElement {
    const button = element('button', { type: 'button', class: 'action', 'aria-label': label }, 'Test');
    button.addEventListener('click', () => void this.play(device()));
    return button;
  }

  private async play(device: string): Promise<void> {
    this.playing?.pause();
    const audio = new Audio(own);
    this.playing = audio;
    try {
      if (device !== '') await audio.setSinkId(device);
      await audio.play();
      this.say('');
    } catch (e) {
      if (this.playing === audio && !(e instanceof DOMException && e.name === 'AbortError'))
        this.say('The sound could not be played on that device. Choose another.');
    }
  }

  private say(text: string): void {
    this.problem.textContent = text;
    this.problem.hidden = text === '';
  }
}
