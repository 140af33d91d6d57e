import { expect, test, vi } from 'vitest';
import { MicrophoneOffer } from './microphone-offer.ts';

function room(allowed = true) {
  const board = { offer: vi.fn<(text: string, label: string, act: () => void) => void>(), withdraw: vi.fn() };
  const again = vi.fn();
  const offer = new MicrophoneOffer(board, async () => allowed, again);
  const labels = () => board.offer.mock.calls.map(([, label]) => label);
  return { board, again, offer, labels };
}

test('nobody is asked in a page whose calls are heard elsewhere', () => {
  const { board, offer } = room();
  offer.allows('prompt');
  offer.allows('denied');
  offer.failed();
  expect(board.offer).not.toHaveBeenCalled();
});

test('the question waits until it is known that calls are heard here, and is put once', () => {
  const { offer, labels } = room();
  offer.allows('prompt');
  offer.need(true);
  offer.need(true);
  expect(labels()).toEqual(['Allow microphone']);
});

test('what was refused and is allowed later begins the audio of a call that waits', () => {
  const { again, board, offer, labels } = room();
  offer.need(true);
  offer.allows('denied');
  expect(labels()).toEqual(['Try again']);
  offer.allows('granted');
  expect(again).toHaveBeenCalledOnce();
  expect(board.withdraw).toHaveBeenCalledOnce();
});

test('a microphone that is allowed from the start changes nothing', () => {
  const { again, board, offer } = room();
  offer.allows('granted');
  offer.need(true);
  expect(again).not.toHaveBeenCalled();
  expect(board.withdraw).not.toHaveBeenCalled();
});

test('a question that is answered with no leads to another try', async () => {
  const { board, offer, labels } = room(false);
  offer.need(true);
  offer.allows('prompt');
  board.offer.mock.calls[0]?.[2]();
  await vi.waitFor(() => expect(labels()).toEqual(['Allow microphone', 'Try again']));
});

test('the offer goes when calls come to a desk phone', () => {
  const { board, offer } = room();
  offer.need(true);
  offer.allows('denied');
  offer.need(false);
  expect(board.withdraw).toHaveBeenCalledOnce();
});

test('a browser that says it will ask is not believed once the microphone was opened here; it may be opened early then', () => {
  const { board, offer } = room();
  offer.need(true);
  offer.opened('here');
  offer.allows('prompt');
  expect(board.offer).not.toHaveBeenCalled();
  expect(offer.isGranted).toBe(true);
  offer.allows('denied');
  expect(offer.isGranted).toBe(false);
});

test('what another page has opened is not asked for here, and not taken early either', () => {
  const { board, offer, labels } = room();
  offer.need(true);
  offer.allows('prompt');
  expect(labels()).toEqual(['Allow microphone']);
  offer.opened('elsewhere');
  expect(board.withdraw).toHaveBeenCalledOnce();
  expect(offer.isGranted).toBe(false);
});

test('a microphone that was there and fails is missed, until it is there again', () => {
  const { board, offer, labels } = room();
  offer.need(true);
  offer.opened('here');
  offer.allows('prompt');
  offer.failed();
  expect(offer.isGranted).toBe(false);
  expect(labels()).toEqual(['Try again']);
  offer.opened('here'); // the next call has it
  expect(board.withdraw).toHaveBeenCalledOnce();
});
