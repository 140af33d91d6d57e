/** Whether the browser lets this page use the microphone: `prompt` means that it will ask. */
export type Leave = 'granted' | 'denied' | 'prompt';

/** Tells what the browser allows, now and whenever a person changes it. Where it cannot be asked, the first call will show. */
export async function watchMicrophone(devices: Permissions | undefined, tell: (leave: Leave) => void): Promise<void> {
  try {
    const permission = await devices?.query({ name: 'microphone' });
    if (!permission) return;
    permission.onchange = () => tell(permission.state);
    tell(permission.state);
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
