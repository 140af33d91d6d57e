import { expect, test, vi } from 'vitest';
import { EarlyMicrophone, holds, type Wish } from './early-microphone.ts';

const usual: Wish = { device: '', echoCancellation: true };

class FakeTrack {
  readyState = 'live';
  onended: (() => void) | null = null;
  stop = () => {
    this.readyState = 'ended';
  };
  /** As when it is pulled out. */
  end = () => {
    this.stop();
    this.onended?.();
  };
}

class FakeStream {
  readonly track = new FakeTrack();
  getTracks = () => [this.track];
  getAudioTracks = () => [this.track];
  clone = () => new FakeStream();
}

function room() {
  const opened: FakeStream[] = [];
  const open = vi.fn(async (_: Wish) => {
    const stream = new FakeStream();
    opened.push(stream);
    return stream as unknown as MediaStream;
  });
  return { opened, open, early: new EarlyMicrophone(open) };
}

test('it is opened once for as long as it is wished for, and stopped after', async () => {
  const { early, open, opened } = room();
  early.want(usual);
  early.want({ ...usual });
  await early.take(usual);
  expect(open).toHaveBeenCalledOnce();
  early.want(undefined);
  await vi.waitFor(() => expect(opened[0]?.track.readyState).toBe('ended'));
  expect(await early.take(usual)).toBeUndefined();
});

test('a call has a stream of its own: ending it leaves the held one', async () => {
  const { early, opened } = room();
  early.want(usual);
  const taken = await early.take(usual);
  for (const track of taken?.getTracks() ?? []) track.stop();
  expect(taken).toBeDefined();
  expect(opened[0]?.track.readyState).toBe('live');
});

test('another microphone is opened when another is wished for', async () => {
  const { early, open, opened } = room();
  early.want(usual);
  early.want({ ...usual, device: 'm2' });
  await vi.waitFor(() => expect(opened[0]?.track.readyState).toBe('ended'));
  expect(open).toHaveBeenCalledTimes(2);
  expect(await early.take(usual)).toBeUndefined();
  expect(await early.take({ ...usual, device: 'm2' })).toBeDefined();
});

test('a microphone that is pulled out is sought again', async () => {
  const { early, open, opened } = room();
  early.want(usual);
  await early.take(usual);
  opened[0]?.track.end();
  expect(await early.take(usual)).toBeUndefined();
  early.want(usual);
  expect(await early.take(usual)).toBeDefined();
  expect(open).toHaveBeenCalledTimes(2);
});

test('one that cannot be opened leaves the call to ask for itself', async () => {
  const early = new EarlyMicrophone(() => Promise.reject(new DOMException('', 'NotFoundError')));
  early.want(usual);
  expect(await early.take(usual)).toBeUndefined();
});

test.each([
  ['who is available', 'routable', [], true],
  ['whose call rings', 'system', ['incoming'], true],
  ['who talks', 'system', ['connected'], false],
  ['after a call', 'system', ['ended'], false],
  ['who is on a break', 'not_routable', [], false],
])('for an agent %s', (_, state, contacts, want) => expect(holds(state, contacts)).toBe(want));
