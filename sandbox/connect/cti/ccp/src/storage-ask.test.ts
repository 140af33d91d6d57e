import { expect, it } from 'vitest';
import { landing, readAsk, type Texts } from './storage-ask.ts';

const usual: Texts = {
  title: '',
  accessBannerDescription: '',
  denyBannerDescription: '',
  accessBannerButtonText: '',
  denyBannerButtonText: '',
};

it.each([
  ['nothing', undefined, null],
  ['another message', { event: 'init' }, null],
  ['a bare question', { event: 'storageAccess::request' }, { landat: '', texts: usual }],
  [
    'texts of a page that shows the usual ones',
    { event: 'storageAccess::request', data: { mode: 'default', custom: { title: 'Hello' }, landat: '/ccp-v2/' } },
    { landat: '/ccp-v2/', texts: usual },
  ],
  [
    'texts of its own',
    {
      event: 'storageAccess::request',
      data: { mode: 'custom', custom: { title: 'Hello', denyBannerDescription: 7 }, landat: '/a' },
    },
    { landat: '/a', texts: { ...usual, title: 'Hello' } },
  ],
])('reads %s', (_, message, want) => {
  expect(readAsk(message)).toEqual(want);
});

it.each([
  ['/ccp-v2/', 'https://a.example/ccp-v2/'],
  ['/connect/ccp-v2/?x=1', 'https://a.example/connect/ccp-v2/?x=1'],
  ['', 'https://a.example/ccp-v2/'],
  ['//elsewhere.example/', 'https://a.example/ccp-v2/'],
  ['https://elsewhere.example/', 'https://a.example/ccp-v2/'],
  ['javascript:alert(1)', 'https://a.example/ccp-v2/'],
])('goes from %s to a page of its own origin', (landat, want) => {
  expect(landing(landat, 'https://a.example')).toBe(want);
});
