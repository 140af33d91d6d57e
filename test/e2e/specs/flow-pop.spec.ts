import { expectAccessible } from '../fixtures/accessible.ts';
import { CRM } from '../fixtures/crm.ts';
import { test as base, expect, Sandbox } from '../fixtures/sandbox.ts';

/** A sandbox of its own: its default softphone layout pops, in the end, a flow that is not active. */
const test = base.extend<{ sandbox: Sandbox }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first argument
  sandbox: async ({}, use) => {
    const sandbox = await Sandbox.start();
    await use(sandbox);
    await sandbox.stop();
  },
});

const intake = (status: string) =>
  `<apiVersion>67.0</apiVersion><label>Caller Intake</label><processType>Flow</processType><status>${status}</status>`;

test('an unknown caller pops the flow of the softphone layout, in a tab that shows its arguments', async ({
  sandbox,
}) => {
  test.setTimeout(120_000);
  const shot = (name: string, page = ada.page) => page.screenshot({ path: test.info().outputPath(`${name}.png`) });
  const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  await crm.deploy('Flow', 'Caller_Intake', intake('Draft'));
  const ada = await sandbox.signIn('administrator');
  ada.page.setDefaultTimeout(10_000);
  const button = (name: string) => ada.page.getByRole('button', { name, exact: true });
  const find = async (typed: string) => {
    await ada.page.getByRole('searchbox', { name: 'Quick Find' }).fill(typed);
    await ada.page.getByRole('link', { name: typed, exact: true }).click();
  };
  const noMatch = ada.page.getByRole('group', { name: 'No matching records:' });

  await test.step('a layout offers no flow while none is active', async () => {
    await ada.page.goto(`${sandbox.ready.crm}/lightning/setup/SetupOneHome/home`);
    await find('Softphone Layouts');
    await button('Continue').click();
    await button('New').click();
    await noMatch.getByRole('radio', { name: 'Pop to flow' }).check();
    await expect(ada.page.getByText('No active screen flow.', { exact: false })).toBeVisible();
    await shot('layout-without-flows');
    await expectAccessible(ada.page, 'a softphone layout that pops a flow');
  });

  await test.step('Setup lists the flow that a deployment activates', async () => {
    await crm.deploy('Flow', 'Caller_Intake', intake('Active'));
    await find('Flows');
    const row = ada.page.getByRole('table', { name: 'Flows' }).getByRole('row', { name: 'Caller Intake' });
    await expect(row).toContainText('Caller_Intake');
    await expect(row).toContainText('Screen Flow');
    await shot('flows');
    await expectAccessible(ada.page, 'Flows');
    const [definition] = await crm.query<{ IsActive: boolean; Label: string }>(
      "SELECT Label, IsActive FROM FlowDefinitionView WHERE ApiName = 'Caller_Intake'",
    );
    expect(definition).toMatchObject({ Label: 'Caller Intake', IsActive: true });
  });

  await test.step('the layout pops it when nobody matches', async () => {
    await find('Softphone Layouts');
    await button('New').click();
    await ada.page.getByRole('textbox', { name: 'Name' }).fill('Intake');
    await ada.page.getByRole('checkbox', { name: 'Is Default Layout' }).check();
    await noMatch.getByRole('radio', { name: 'Pop to flow' }).check();
    await ada.page.getByLabel('Flow', { exact: true }).selectOption({ label: 'Caller Intake' });
    await shot('layout');
    await button('Save').first().click();
    await expect(button('Intake')).toBeVisible();
  });

  const amelia = await sandbox.agentAvailable();
  const flow = amelia.page.getByRole('region', { name: 'Caller Intake' });

  await test.step('a call from an unknown number pops the flow', async () => {
    sandbox.call('--from', '+12065550987');
    await expect(amelia.ccp.getByRole('button', { name: 'Accept call' })).toBeVisible();
    await expect(amelia.page.getByRole('tab', { name: 'Caller Intake' })).toBeVisible();
    await expect(flow.getByText('Caller_Intake')).toBeVisible();
    await expect(flow.getByText('The flow was opened without arguments.')).toBeVisible();
    await amelia.accept();
    await shot('popped', amelia.page);
    await expectAccessible(amelia.page, 'a flow in the console');
  });

  const frame = () => {
    const found = amelia.page.frames().find((f) => f.url().includes('AC_LightningAdapter'));
    if (!found) throw new Error('the softphone is not there');
    return found;
  };
  /** Calls Open CTI as a softphone's script does. */
  const ask = (method: string, args: object) =>
    frame().evaluate(
      ([name, given]) =>
        new Promise<unknown>((answer) => {
          const sforce: unknown = Reflect.get(window, 'sforce');
          const api = (sforce as { opencti: Record<string, (a: object) => void> }).opencti;
          api[name]?.({ ...given, callback: answer });
        }),
      [method, args] as const,
    );
  const shown = flow.filter({ visible: true });

  await test.step('a softphone pops it with arguments, below the record in front', async () => {
    expect(await ask('getSoftphoneLayout', {})).toMatchObject({
      returnValue: {
        Inbound: { screenPopSettings: { NoMatch: { screenPopType: 'PopToFlow', screenPopData: 'Caller_Intake' } } },
      },
    });
    const [contact] = await crm.query<{ Id: string }>('SELECT Id FROM Contact LIMIT 1');
    expect(await ask('screenPop', { type: 'sobject', params: { recordId: contact?.Id } })).toMatchObject({
      success: true,
    });
    const flowArgs = [
      { name: 'phone', type: 'String', value: '+1 206 555 0987' },
      { name: 'name', type: 'String', value: 'Nora <b>Quist</b>' },
    ];
    const params = { flowDevName: 'Caller_Intake', flowArgs };
    expect(await ask('screenPop', { type: 'flow', params })).toMatchObject({ success: true });
    const given = shown.getByRole('table', { name: 'Arguments' });
    await expect(given.getByRole('row', { name: 'phone' })).toContainText('+1 206 555 0987');
    await expect(given.getByRole('row', { name: 'name' })).toContainText('Nora <b>Quist</b>');
    await shot('arguments', amelia.page);
    await expectAccessible(amelia.page, 'a flow with arguments');
    await amelia.endAndClear();
    await amelia.page.reload();
    await expect(given.getByRole('row', { name: 'name' })).toContainText('Nora <b>Quist</b>');
  });

  await test.step('a flow that is switched off does not open', async () => {
    await crm.deploy('Flow', 'Caller_Intake', intake('Obsolete'));
    await amelia.page.goto(`${sandbox.ready.crm}/lightning/flow/Caller_Intake?name=Nora`);
    await expect(
      amelia.page.getByText("You can't run this flow because it isn't active.", { exact: false }),
    ).toBeVisible();
    await shot('inactive', amelia.page);
  });
});
