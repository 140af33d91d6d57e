import { changed } from '../fixtures/adapter-record.ts';
import { expect, Sandbox, test } from '../fixtures/sandbox.ts';

test('a wrong region in the adapter record is told to the agent, with the name of the field', async () => {
  const sandbox = await Sandbox.start(); // its own: what the adapter has read counts for a while
  try {
    await changed(sandbox, { Amazon_Connect_Instance_Region__c: 'eu-west-1' }, async () => {
      const amelia = await sandbox.signIn('agent');
      await amelia.signInToCCP();
      const said = amelia.softphone.getByRole('alert').filter({ hasText: 'Amazon Connect Instance Region' });
      await expect(said).toContainText('names the region eu-west-1, but the instance is in us-east-1');
    });
  } finally {
    await sandbox.stop();
  }
});

for (const [fault, fields, told] of [
  ['no usable alias', { Amazon_Connect_Instance_Alias__c: 'default' }, 'Amazon Connect Instance Alias'],
  ['another call center', { Call_Center_Definition_Name__c: 'Elsewhere' }, 'Call Center Definition Name'],
  ['no address for single sign-on', { SSO_Url__c: 'our provider' }, 'SSO Url'],
] as const)
  test(`an adapter record with ${fault} is told at sign-in, with the name of the field`, async () => {
    const sandbox = await Sandbox.start();
    try {
      await changed(sandbox, fields, async () => {
        const amelia = await sandbox.signIn('agent');
        await amelia.openSoftphone();
        const [popup] = await Promise.all([
          amelia.page.waitForEvent('popup'),
          amelia.softphone.getByRole('button', { name: 'Sign in to CCP' }).click(),
        ]);
        await expect(popup.getByText(told)).toBeVisible();
      });
    } finally {
      await sandbox.stop();
    }
  });
