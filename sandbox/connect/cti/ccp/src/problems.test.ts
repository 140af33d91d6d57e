import { expect, test } from 'vitest';
import { lost, microphoneFailures, problem } from './problems.ts';

test.each(['ice_collection_timeout', 'signalling_handshake_failure', 'signalling_connection_failure', 'webrtc_error'])(
  '%s is a call without sound, which can be begun again',
  (kind) =>
    expect(problem(kind, '')).toMatchObject({
      isSilence: true,
      canRetry: true,
      text: expect.stringMatching(/ry again/),
    }),
);

test.each(microphoneFailures)('%s is one without sound too; what can be done is offered with the microphone', (kind) =>
  expect(problem(kind, '')).toMatchObject({ isSilence: true, canRetry: false }),
);

test('audio that is in another tab is heard there; of what is not known its own words are said', () => {
  expect(problem('user_busy_error', 'x')).toMatchObject({
    isSilence: false,
    text: expect.stringContaining('another tab'),
  });
  expect(problem('unsupported_browser', 'Too old.').text).toBe('The softphone has a problem: Too old.');
});

test('what is lost for good is said with what to do', () =>
  expect(lost.text).toContain('End the call, then call back.'));

test('Firefox, which takes no relay on this machine as it comes, says what it needs; other browsers do not', () => {
  expect(problem('ice_collection_timeout', '', true).text).toContain('media.peerconnection.ice.loopback');
  expect(problem('ice_collection_timeout', '').text).not.toContain('Firefox');
  expect(problem('signalling_handshake_failure', '', true).text).not.toContain('Firefox');
});
