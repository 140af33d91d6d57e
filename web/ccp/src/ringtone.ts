const rate = 8000; // samples a second
const rings = 2; // seconds of sound
const period = 6; // seconds until it rings again
const fade = 0.02; // seconds, against clicks
const head = 44; // bytes before the samples

/** One period of a telephone's ring as a WAV file: two tones, then silence. It is played in a loop. */
export function ringtone(): Uint8Array {
  const file = new DataView(new ArrayBuffer(head + rate * period * 2));
  const ascii = (at: number, text: string) =>
    [...text].forEach((c, i) => {
      file.setUint8(at + i, c.charCodeAt(0));
    });
  ascii(0, 'RIFF');
  file.setUint32(4, file.byteLength - 8, true);
  ascii(8, 'WAVEfmt ');
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true); // PCM
  file.setUint16(22, 1, true); // one channel
  file.setUint32(24, rate, true);
  file.setUint32(28, rate * 2, true);
  file.setUint16(32, 2, true);
  file.setUint16(34, 16, true);
  ascii(36, 'data');
  file.setUint32(40, file.byteLength - head, true);
  for (let i = 0; i < rate * rings; i++) file.setInt16(head + i * 2, Math.round(sample(i / rate) * 9000), true);
  return new Uint8Array(file.buffer);
}

/** The ring at a moment, -1 to 1; a slow tremolo makes it a bell rather than a dial tone. */
function sample(t: number): number {
  const tone = (hertz: number) => Math.sin(2 * Math.PI * hertz * t);
  const edge = Math.min(1, t / fade, (rings - t) / fade);
  return edge * (0.7 + 0.3 * tone(20)) * ((tone(440) + tone(480)) / 2);
}
