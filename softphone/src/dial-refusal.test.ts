// @vitest-environment node
import { expect, test } from 'vitest';
import { dialRefusal, outRefusal } from './dial-refusal.ts';

const exception = (type: string) =>
  JSON.stringify({ type, message: 'the sandbox has no operation "X"', stack: ['at x'] });

test.each([
  [exception('BadEndpointException'), 'dial.badNumber'],
  [exception('OutboundContactNotPermittedException'), 'dial.notAllowed'],
  [exception('InvalidConfigurationException'), 'dial.queue'],
  [exception('LimitExceededException'), 'dial.limit'],
  [exception('InvalidStateException'), 'dial.state'],
  [exception('ThrottlingException'), 'dial.busy'],
  [exception('InternalServiceException'), 'dial.busy'],
  [JSON.stringify({ __type: 'com.amazon#BadEndpointException' }), 'dial.badNumber'],
  ['NetworkingError: network failure', 'dial.busy'],
  [exception('UnknownOperationException'), 'dial.refused'],
  [exception('constructor'), 'dial.refused'],
  ['dial tcp 127.0.0.1:5060: EOF', 'dial.refused'],
  ['', 'dial.refused'],
  ['[1]', 'dial.refused'],
])('%s is %s, in no other words than ours', (error, code) => {
  const refused = dialRefusal(error, '+12065550142', false);
  expect(refused.code).toBe(code);
  expect(refused.message).toMatch(/^The number was not dialled: .+\. .+\.$/);
  expect(refused.message).not.toMatch(/Exception|EOF|sandbox|operation/);
  expect(refused.said).toContain(error);
});

test('what could not be added to a call says so', () => {
  expect(dialRefusal(exception('UnknownOperationException'), '+1', true).code).toBe('dial.inCall');
  expect(dialRefusal(exception('InvalidStateException'), '+1', true).code).toBe('dial.inCall');
  expect(dialRefusal(exception('BadEndpointException'), '+1', true).code).toBe('dial.badNumber');
});

test('an agent who is not taken offline is told why', () => {
  expect(outRefusal(exception('InvalidStateException')).code).toBe('out.refused');
  expect(outRefusal(exception('ThrottlingException')).code).toBe('out.unreachable');
});
