import { isRecord } from './record.ts';

/** One direction of a call's audio, as the library's reports want it. */
export interface AudioStats {
  timestamp: number;
  packetsCount: number;
  packetsLost: number;
  /** 0 to 32767; null when the browser does not tell. */
  audioLevel: number | null;
  jbMilliseconds: number | null;
  rttMilliseconds: number | null;
}

/** What the agent sends. */
export function sentAudio(report: Iterable<unknown>, now: number): AudioStats {
  const stats = blank(now);
  for (const entry of report) {
    if (!isRecord(entry)) continue;
    if (entry.type === 'outbound-rtp') stats.packetsCount = number(entry.packetsSent) ?? 0;
    if (entry.type === 'media-source') stats.audioLevel = level(entry.audioLevel);
    if (entry.type === 'remote-inbound-rtp') {
      stats.packetsLost = number(entry.packetsLost) ?? 0;
      stats.rttMilliseconds = millis(entry.roundTripTime);
    }
  }
  return stats;
}

/** What the agent hears. */
export function heardAudio(report: Iterable<unknown>, now: number): AudioStats {
  const stats = blank(now);
  for (const entry of report) {
    if (!isRecord(entry) || entry.type !== 'inbound-rtp') continue;
    stats.packetsCount = number(entry.packetsReceived) ?? 0;
    stats.packetsLost = number(entry.packetsLost) ?? 0;
    stats.audioLevel = level(entry.audioLevel);
    stats.jbMilliseconds = millis(entry.jitterBufferDelay);
  }
  return stats;
}

function blank(timestamp: number): AudioStats {
  return { timestamp, packetsCount: 0, packetsLost: 0, audioLevel: null, jbMilliseconds: null, rttMilliseconds: null };
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function level(value: unknown): number | null {
  const read = number(value);
  return read === null ? null : Math.floor(read * 32767);
}

function millis(seconds: unknown): number | null {
  const read = number(seconds);
  return read === null ? null : Math.floor(read * 1000);
}
