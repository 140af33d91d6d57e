import { expect, it } from 'vitest';
import { storagePage } from './storage-page.ts';

it.each([
  ['https://a.my.connect.aws/ccp-v2/', 'https://a.my.connect.aws/request-storage-access'],
  ['https://a.awsapps.com/connect/ccp-v2/', 'https://a.awsapps.com/connect/request-storage-access'],
  ['http://localhost:8083/ccp-v2/', 'http://localhost:8083/ccp-v2//request-storage-access'],
  ['http://localhost:8083/ccp-v2/?x=1', ''],
  ['https://sign-on.example/saml?to=a.my.connect.aws', ''],
  ['https://a.my.connect.aws.example/ccp-v2/', ''],
  ['', ''],
])('of %s is "%s"', (ccp, page) => {
  expect(storagePage(ccp)).toBe(page);
});
