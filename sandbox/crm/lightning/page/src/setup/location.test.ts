import { describe, expect, it } from 'vitest';
import { classic, formatSetup, parseSetup, setupHome } from './location.ts';

describe('addresses of Setup', () => {
  it.each(['/lightning/setup/SetupOneHome/home', '/lightning/setup/PermSets/page?address=%2F0PS000000000001AAA'])(
    '%s is read and written alike',
    (address) => {
      expect(formatSetup(parseSetup(address))).toBe(address);
    },
  );

  it('leads nowhere but on this site', () => {
    expect(parseSetup('/lightning/setup/PermSets/page?address=https%3A%2F%2Fevil.example').address).toBe('');
    expect(parseSetup('/lightning/setup/PermSets/page?address=%2F%2Fevil.example').address).toBe('');
    expect(parseSetup('/lightning/setup/%3Cscript%3E/home')).toEqual(setupHome);
  });

  it('reads classic addresses', () => {
    const { parts, query } = classic('/0PS1/e?s=Apps');
    expect(parts).toEqual(['0PS1', 'e']);
    expect(query.get('s')).toBe('Apps');
  });
});
