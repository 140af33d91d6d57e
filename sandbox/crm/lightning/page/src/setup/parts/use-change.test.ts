import { describe, expect, it } from 'vitest';
import { Refusal } from '../../api.ts';
import { conflicts, sorted } from './use-change.ts';

describe('a refused form', () => {
  it('says what is wrong at the field', () => {
    const refusal = new Refusal(400, [
      { code: 'REQUIRED_FIELD_MISSING', message: 'You must enter a value', fields: ['Url__c'] },
    ]);
    expect(sorted(refusal, ['Url__c'])).toEqual({ fields: { Url__c: 'You must enter a value' }, form: '' });
  });

  it('says above the form what no shown field is about', () => {
    const refusal = new Refusal(400, [{ code: 'X', message: 'No.', fields: ['Hidden'] }]);
    expect(sorted(refusal, ['Url__c'])).toEqual({ fields: {}, form: 'No.' });
  });

  it('explains that somebody else was faster', () => {
    expect(sorted(new Refusal(409, [{ code: 'CONFLICT', message: 'x', fields: [] }]), [])).toEqual({
      fields: {},
      form: conflicts,
    });
  });
});
