import { type Code, Refused } from './words.ts';

/** The contact centre's exceptions, by what an agent can do about them. Source: the service's API and the library's error types. */
const codes: [RegExp, Code][] = [
  [/BadEndpoint|InvalidEndpoint|InvalidPhoneNumber/i, 'dial.badNumber'],
  [/OutboundContactNotPermitted|NotPermitted|NotAllowed|AccessDenied|Forbidden/i, 'dial.notAllowed'],
  [/InvalidOutboundCaller|CallerId|OutboundFlow|InvalidQueue|InvalidConfiguration|NoQueue/i, 'dial.queue'],
  [/LimitExceeded|TooMany|Quota/i, 'dial.limit'],
  [/InvalidState|InvalidContactState|InvalidAgentState/i, 'dial.state'],
  [/Throttl|Timeout|TimedOut|Network|ServiceUnavailable|InternalService|InternalServer|InternalFailure/i, 'dial.busy'],
];

/** Why a number was not dialled, in the catalogue's words. inCall: it was to be added to a call. */
export function dialRefusal(error: unknown, number: string, inCall: boolean): Refused {
  const { type, said } = read(error);
  const found = codes.find(([pattern]) => pattern.test(type))?.[1];
  if (inCall && (found === undefined || found === 'dial.state')) return new Refused('dial.inCall', {}, said);
  return new Refused(found ?? 'dial.refused', { number }, said);
}

/** Why an agent was not taken offline. */
export function outRefusal(error: unknown): Refused {
  const { type, said } = read(error);
  const isAway = codes.some(([pattern, code]) => code === 'dial.busy' && pattern.test(type));
  return new Refused(isAway ? 'out.unreachable' : 'out.refused', {}, said);
}

/** The exception's name and all that the service said. */
function read(error: unknown): { type: string; said: string } {
  const said = typeof error === 'string' ? error : (JSON.stringify(error) ?? '');
  return { type: memberOf(said, ['type', 'errorType', '__type', 'code', 'name']) ?? said, said };
}

/** The library hands refusals over as JSON text: the first of its members with these names that says something; null for none. */
export function memberOf(said: string, names: readonly string[]): string | null {
  try {
    const e: unknown = JSON.parse(said);
    if (typeof e !== 'object' || e === null) return null;
    for (const name of names) {
      const member: unknown = Reflect.get(e, name);
      if (typeof member === 'string' && member !== '') return member;
    }
  } catch {
    // plain text
  }
  return null;
}
