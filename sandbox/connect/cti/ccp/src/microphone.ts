/** Whether the browser lets this page use the microphone: `prompt` means that it will ask. */
export type Leave = 'granted' | 'denied' | 'prompt';

/**
 * How long a page that loads waits before it believes that the browser will ask, milliseconds: a browser may say so and yet open the
 * microphone at once, and other pages tell that they have it.
 */
const believe = 1000;

/** Tells what the browser allows, now and whenever a person changes it. Where it cannot be asked, the first call will show. */
export async function watchMicrophone(devices: Permissions | undefined, tell: (leave: Leave) => void): Promise<void> {
  try {
    const permission = await devices?.query({ name: 'microphone' });
    if (!permission) return;
    permission.onchange = () => tell(permission.state);
    if (permission.state === 'prompt') setTimeout(() => tell(permission.state), believe);
    else tell(permission.state);
  } catch {
    // a browser that does not know the question
  }
}

/** Has the browser ask its person. False when there is no microphone, or it is refused. */
export async function askForMicrophone(devices: MediaDevices | undefined): Promise<boolean> {
  try {
    const stream = await devices?.getUserMedia({ audio: true });
    for (const track of stream?.getTracks() ?? []) track.stop();
    return stream !== undefined;
  } catch {
    return false;
  }
}

/** Tells of each microphone that this page opens from now on, whoever in it opens one. */
export function hearStreams(devices: MediaDevices | undefined, had: () => void): void {
  if (!devices) return;
  const open = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const stream = await open(constraints);
    if (stream.getAudioTracks().length > 0) had();
    return stream;
  };
}
