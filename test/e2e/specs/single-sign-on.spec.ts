import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CRM } from '../fixtures/crm.ts';
import { expect, Sandbox, test } from '../fixtures/sandbox.ts';

test('single sign-on: the window goes to the identity provider first, and the panel follows where that leads', async () => {
  const sandbox = await Sandbox.start(); // its own: the record that is changed is everybody's
  const asked: string[] = [];
  // What a provider and the federation end at: the instance, with its session. Here its own users are asked for it.
  const provider = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('Content-Type', 'text/html');
    response.end(`<a href="${sandbox.ready.connect}/login?destination=/ccp-v2/">Continue as Amelia</a>`);
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/sign-on`;
  try {
    const relay = `https://${sandbox.ready.region}.console.aws.amazon.com/connect/federate/${sandbox.ready.instance_id}?destination=%2Fconnect%2Fccp`;
    const admin = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
    const [record] = await admin.query<{ Id: string }>('SELECT Id FROM AC_CtiAdapter__c');
    await admin.update('AC_CtiAdapter__c', record?.Id ?? '', {
      SSO_Url__c: `${address}?app=connect`,
      SSO_Relay_State__c: `&RelayState=${relay}`,
    });

    const amelia = await sandbox.signIn('agent');
    await amelia.openSoftphone();
    const [popup] = await Promise.all([
      amelia.page.waitForEvent('popup'),
      amelia.softphone.getByRole('button', { name: 'Sign in to CCP' }).click(),
    ]);
    await popup.getByRole('link', { name: 'Continue as Amelia' }).click();
    expect(asked.filter((url) => url.startsWith('/sign-on'))).toEqual([`/sign-on?app=connect&RelayState=${relay}`]);
    await popup.getByLabel('Username').fill(amelia.user.connect_username);
    await popup.getByLabel('Password').fill(amelia.user.connect_password);
    const closed = popup.waitForEvent('close');
    await popup.getByRole('button', { name: 'Sign In' }).click();
    await closed;
    await expect(amelia.ccp.getByRole('button', { name: 'Change status' })).toBeVisible();
  } finally {
    provider.close();
    await sandbox.stop();
  }
});
