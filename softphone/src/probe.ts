import type { Reach } from './page-link.ts';

const within = 4_000;

/** Asks for nothing but an answer. A page whose policy forbids the question does not know. */
export async function probe(page: Window, url: string): Promise<Reach> {
  let forbidden = false;
  const violated = (e: SecurityPolicyViolationEvent) => {
    if (e.blockedURI !== '' && url.startsWith(e.blockedURI)) forbidden = true;
  };
  page.document.addEventListener('securitypolicyviolation', violated);
  try {
    await page.fetch(url, {
      mode: 'no-cors',
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(within),
    });
    return 'answers';
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 0)); // the violation is reported after the refusal
    return forbidden ? 'unknown' : 'silent';
  } finally {
    page.document.removeEventListener('securitypolicyviolation', violated);
  }
}
