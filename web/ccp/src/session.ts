import { isRecord } from './record.ts';

/** What the contact centre gives a signed-in page to start with. */
export interface Session {
  authToken: string;
  authTokenExpiration: string;
  refreshToken: string;
  region: string;
  endpoint: string;
  agentAppEndpoint: string;
  authCookieName: string;
  taskTemplatesEndpoint: string;
  authorizeEndpoint: string;
  loginEndpoint: string;
  instanceAlias: string;
  agentName: string;
  username: string;
}

/** The page is not signed in. */
export class SignedOut extends Error {}

const within = 10_000;

/** Asks for the session; throws SignedOut when there is none. */
export async function openSession(fetcher: typeof fetch, address: string): Promise<Session> {
  const reply = await fetcher(address, {
    credentials: 'same-origin',
    headers: { Accept: 'application/json' },
    signal: AbortSignal.timeout(within),
  });
  if (reply.status === 401) throw new SignedOut('not signed in');
  if (!reply.ok) throw new Error(`the session was answered with ${reply.status}`);
  return readSession(await reply.json());
}

/** Checks every member, because the library's worker stays silent about a missing one. */
export function readSession(body: unknown): Session {
  const read = (name: keyof Session): string => {
    const value = isRecord(body) ? body[name] : undefined;
    if (typeof value !== 'string' || value === '') throw new Error(`the session lacks ${name}`);
    return value;
  };
  return {
    authToken: read('authToken'),
    authTokenExpiration: read('authTokenExpiration'),
    refreshToken: read('refreshToken'),
    region: read('region'),
    endpoint: read('endpoint'),
    agentAppEndpoint: read('agentAppEndpoint'),
    authCookieName: read('authCookieName'),
    taskTemplatesEndpoint: read('taskTemplatesEndpoint'),
    authorizeEndpoint: read('authorizeEndpoint'),
    loginEndpoint: read('loginEndpoint'),
    instanceAlias: read('instanceAlias'),
    agentName: read('agentName'),
    username: read('username'),
  };
}
