import { describe, expect, it } from 'vitest';
import { ticked } from './rights.ts';

const none = { read: false, create: false, edit: false, delete: false, viewAll: false, modifyAll: false };

describe('object rights', () => {
  it('ticking Delete ticks Read and Edit', () => {
    expect(ticked(none, 'delete', true)).toEqual({ ...none, read: true, edit: true, delete: true });
  });

  it('unticking Read unticks everything', () => {
    const all = ticked({ ...none, create: true }, 'modifyAll', true);
    expect(all).toEqual({ read: true, create: true, edit: true, delete: true, viewAll: true, modifyAll: true });
    expect(ticked(all, 'read', false)).toEqual(none);
  });

  it('unticking Edit keeps Read and Create', () => {
    const all = ticked({ ...none, create: true }, 'modifyAll', true);
    expect(ticked(all, 'edit', false)).toEqual({ ...none, read: true, create: true, viewAll: true });
  });
});
