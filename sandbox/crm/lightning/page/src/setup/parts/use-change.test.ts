import { describe, expect, it } from 'vitest';
import { Refusal } from '../../api.ts';
import { sorted } from './use-change.ts';

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

  it('says in the words of the server that somebody else was faster', () => {
    const refusal = new Refusal(409, [{ code: 'CONFLICT', message: 'Modified by Bo.', fields: [] }]);
    expect(sorted(refusal, ['Url__c'])).toEqual({ fields: {}, form: 'Modified by Bo.' });
  });
});
