/** Which microphone is held, and how. */
export interface Wish {
  /** Empty for the browser's default. */
  device: string;
  echoCancellation: boolean;
}

const same = (a: Wish | undefined, b: Wish | undefined): boolean =>
  a?.device === b?.device && a?.echoCancellation === b?.echoCancellation;

const stop = (stream: MediaStream | undefined): void => {
  for (const track of stream?.getTracks() ?? []) track.stop();
};

/**
 * A microphone held open while a call may come, so that the call's audio need not wait for it.
 * It never asks for permission: who wishes for it has seen that it is granted.
 */
export class EarlyMicrophone {
  private wish: Wish | undefined;
  private held: Promise<MediaStream | undefined> | undefined;

  constructor(private readonly open: (wish: Wish) => Promise<MediaStream>) {}

  /** Holds what is wished for from now on; nothing for undefined. A microphone that was lost is sought again at the next wish. */
  want(wish: Wish | undefined): void {
    if (same(wish, this.wish)) return;
    const before = this.held;
    void before?.then(stop);
    this.wish = wish;
    this.held = undefined;
    if (!wish) return;
    const held = this.open(wish).then(
      (stream) => {
        for (const track of stream.getTracks()) track.onended = () => this.lose(held);
        return stream;
      },
      () => {
        this.lose(held);
        return undefined;
      },
    );
    this.held = held;
  }

  /** Another stream of the held microphone, which ends on its own; undefined if none like it is held. */
  async take(wish: Wish): Promise<MediaStream | undefined> {
    if (!same(wish, this.wish)) return undefined;
    const stream = await this.held;
    const isLive = stream?.getAudioTracks().some((t) => t.readyState === 'live') ?? false;
    return isLive ? stream?.clone() : undefined;
  }

  private lose(held: Promise<MediaStream | undefined>): void {
    if (this.held !== held) return;
    this.held = undefined;
    this.wish = undefined;
  }
}

/** Whether a microphone is held: while calls are routed to the agent, and until the audio of one that rings has begun. */
export const holds = (agentState: string, contactStates: string[]): boolean =>
  agentState === 'routable' || contactStates.some((s) => s === 'connecting' || s === 'incoming');
