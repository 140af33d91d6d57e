import { describe, expect, it } from 'vitest';
import { initial } from './SettingForm.tsx';

const field = (name: string, type: string, standard: string | boolean | null) => ({
  name,
  label: name,
  type,
  length: 255,
  required: false,
  help: '',
  default: standard,
});

describe('the form of a custom setting', () => {
  const fields = [field('Url__c', 'url', null), field('Off__c', 'boolean', true)];

  it('begins with the defaults for new data', () => {
    expect(initial(fields, null)).toEqual({ owner: '', Name: '', Url__c: '', Off__c: true });
  });

  it('begins with what the row has, even where that is unlike the default', () => {
    const row = {
      id: '1',
      name: 'n',
      owner: 'o',
      ownerName: '',
      ownerType: 'User',
      values: { Url__c: 'https://x', Off__c: false },
      lastModified: '',
    };
    expect(initial(fields, row)).toEqual({ owner: 'o', Name: 'n', Url__c: 'https://x', Off__c: false });
  });
});
