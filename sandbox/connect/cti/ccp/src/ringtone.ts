import { streams } from './streams.ts';

/** The panel's own. */
export const own = '/ccp-v2/ring.wav';

/** What the panel rings with, unless the page around it names another sound. */
export const ringtones = {
  voice: { ringtoneUrl: own },
  queue_callback: { ringtoneUrl: own },
  additionalVoice: { disabled: true },
};

/**
 * Rings with the panel's own sound if the one of the page around it cannot be loaded: the library would only log that.
 * An engine that the library has made for the lost sound stays, silent, beside the one that is put in its place.
 */
export async function keepRinging(url: string): Promise<void> {
  if (url === '' || (await loads(url))) return;
  const { agent, core, VoiceRingtoneEngine, QueueCallbackRingtoneEngine } = streams();
  agent(() => {
    if (!core.ringtoneEngines) return; // an engine looks for a call that rings already, so the agent must be there
    core.ringtoneEngines.voice = new VoiceRingtoneEngine({ ringtoneUrl: own });
    core.ringtoneEngines.queue_callback = new QueueCallbackRingtoneEngine({ ringtoneUrl: own });
  });
}

/** Whether the browser can play what is at an address; it waits for one that does not answer, which may still come. */
function loads(url: string): Promise<boolean> {
  const audio = new Audio();
  return new Promise((resolve) => {
    audio.oncanplay = () => resolve(true);
    audio.onerror = () => resolve(false);
    audio.preload = 'auto';
    audio.src = url;
  });
}
