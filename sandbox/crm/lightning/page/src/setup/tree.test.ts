import { describe, expect, it } from 'vitest';
import { above, isOpenTo, marked, matching, tree } from './tree.ts';

const places = [
  { node: 'PermSets', label: 'Permission Sets', path: ['Administration', 'Users'] },
  { node: 'ManageUsers', label: 'Users', path: ['Administration', 'Users'] },
  { node: 'SecurityCspTrustedSite', label: 'Trusted URLs', path: ['Settings', 'Security'], words: 'CSP Trusted Sites' },
];

describe('Quick Find', () => {
  it.each([
    ['finds part of a label, whatever the case', 'permi', ['PermSets']],
    ['finds everything below a branch', 'users', ['PermSets', 'ManageUsers']],
    ['knows a screen by its former name', 'csp', ['SecurityCspTrustedSite']],
    ['does not find headings', 'administration', []],
    ['finds all for nothing', ' ', ['PermSets', 'ManageUsers', 'SecurityCspTrustedSite']],
  ])('%s', (_, typed, nodes) => {
    expect(matching(places, typed).map((p) => p.node)).toEqual(nodes);
  });

  it('marks what was typed', () => {
    expect(marked('Custom Settings', 'sett')).toEqual(['Custom ', 'Sett', 'ings']);
    expect(marked('Custom Settings', '')).toEqual(['Custom Settings', '', '']);
  });
});

describe('the tree', () => {
  it('puts screens below their headings', () => {
    const [administration] = tree(places);
    expect(administration?.items[0]).toMatchObject({
      label: 'Users',
      items: [{ node: 'PermSets' }, { node: 'ManageUsers' }],
    });
  });

  it('knows the way to a screen', () => {
    expect(above(tree(places), 'SecurityCspTrustedSite')).toEqual(['/Settings', '/Settings/Security']);
    expect(above(tree(places), 'Nowhere')).toEqual([]);
  });
});

describe('who sees a screen', () => {
  const centers = {
    node: 'CallCenters',
    label: 'Call Centers',
    path: ['Feature Settings', 'Service'],
    needs: 'ManageCallCenters',
  };
  it.each([
    ['its permission opens it', ['ManageCallCenters'], true],
    ['another one does not', ['CustomizeApplication'], false],
  ])('%s', (_, has, want) => {
    expect(isOpenTo(centers, (permission) => has.includes(permission))).toBe(want);
  });
});
