/** A page of Setup: its node in the tree, the classic page shown in it ('' is the node's home), or a part of the Object Manager. */
export interface SetupLocation {
  node: string;
  address: string;
  rest: string[]; // Object Manager: object, section, further
}

export const setupHome: SetupLocation = { node: 'SetupOneHome', address: '', rest: [] };

const nodeName = /^[A-Za-z][A-Za-z0-9]{0,79}$/;

/** Reads an address of this origin; the home of Setup for what is no page of it. */
export function parseSetup(address: string): SetupLocation {
  const url = new URL(address, 'http://setup.invalid');
  const [root, setup, node, ...rest] = url.pathname.split('/').filter((part) => part !== '');
  if (root !== 'lightning' || setup !== 'setup' || !node || !nodeName.test(node)) return setupHome;
  if (node === 'ObjectManager')
    return { node, address: '', rest: rest[0] === 'home' ? [] : rest.map((part) => decodeURIComponent(part)) };
  if (rest[0] !== 'page') return { node, address: '', rest: [] };
  const inner = url.searchParams.get('address') ?? '';
  return { node, address: /^\/(?![/\\])/.test(inner) ? inner : '', rest: [] };
}

export function formatSetup({ node, address, rest }: SetupLocation): string {
  const base = `/lightning/setup/${node}`;
  if (rest.length > 0) return `${base}/${rest.map((part) => encodeURIComponent(part)).join('/')}`;
  return address === '' ? `${base}/home` : `${base}/page?address=${encodeURIComponent(address)}`;
}

/** The path and the query of a classic address, such as /0PS…?s=ObjectSettings. */
export function classic(address: string): { parts: string[]; query: URLSearchParams } {
  const url = new URL(address || '/', 'http://setup.invalid');
  return { parts: url.pathname.split('/').filter((part) => part !== ''), query: url.searchParams };
}
