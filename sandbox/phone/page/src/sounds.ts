const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477, 1633];
const layout = '123A456B789C*0#D';

/** The two tones of a key, in hertz. Source: ITU-T Q.23. */
export function tones(key: string): [number, number] | undefined {
  const at = layout.indexOf(key);
  const row = rows[Math.floor(at / 4)];
  const column = columns[at % 4];
  return key.length === 1 && at >= 0 && row !== undefined && column !== undefined ? [row, column] : undefined;
}

/** What the handset itself sounds like. Silent until somebody has touched the page: browsers allow no sound before. */
export class Sounds {
  private context: AudioContext | undefined;
  private ringer: ReturnType<typeof setInterval> | undefined;

  constructor(page: Document) {
    const wake = () => {
      this.context ??= new AudioContext();
    };
    for (const touch of ['pointerdown', 'keydown']) page.addEventListener(touch, wake, { once: true });
  }

  key(key: string): void {
    const pair = tones(key);
    if (pair) this.play(pair, 0, 0.12, 0.05);
  }

  /** Two short rings, again and again. */
  ring(on: boolean): void {
    if (on === (this.ringer !== undefined)) return;
    clearInterval(this.ringer);
    this.ringer = undefined;
    if (!on) return;
    const once = () => {
      this.play([440, 480], 0, 0.4, 0.06);
      this.play([440, 480], 0.6, 0.4, 0.06);
    };
    once();
    this.ringer = setInterval(once, 3000);
  }

  private play(hertz: number[], after: number, seconds: number, loudness: number): void {
    const { context } = this;
    if (!context) return;
    const gain = context.createGain();
    const start = context.currentTime + after;
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(loudness, start + 0.01);
    gain.gain.setValueAtTime(loudness, start + seconds - 0.02);
    gain.gain.linearRampToValueAtTime(0, start + seconds);
    gain.connect(context.destination);
    for (const frequency of hertz) {
      const tone = new OscillatorNode(context, { frequency });
      tone.connect(gain);
      tone.start(start);
      tone.stop(start + seconds);
    }
  }
}
