/** A page of Setup: its node in the tree, and the classic page shown in it; '' is the node's home. */
export interface SetupLocation {
  node: string;
  address: string;
}

export const setupHome: SetupLocation = { node: 'SetupOneHome', address: '' };

const nodeName = /^[A-Za-z][A-Za-z0-9]{0,79}$/;

/** Reads an address of this origin; the home of Setup for what is no page of it. */
export function parseSetup(address: string): SetupLocation {
  const url = new URL(address, 'http://setup.invalid');
  const [root, setup, node, page] = url.pathname.split('/').filter((part) => part !== '');
  if (root !== 'lightning' || setup !== 'setup' || !node || !nodeName.test(node)) return setupHome;
  if (page !== 'page') return { node, address: '' };
  const inner = url.searchParams.get('address') ?? '';
  return { node, address: /^\/(?![/\\])/.test(inner) ? inner : '' };
}

export function formatSetup({ node, address }: SetupLocation): string {
  const base = `/lightning/setup/${node}`;
  return address === '' ? `${base}/home` : `${base}/page?address=${encodeURIComponent(address)}`;
}

/** The path and the query of a classic address, such as /0PS…?s=ObjectSettings. */
export function classic(address: string): { parts: string[]; query: URLSearchParams } {
  const url = new URL(address || '/', 'http://setup.invalid');
  return { parts: url.pathname.split('/').filter((part) => part !== ''), query: url.searchParams };
}
