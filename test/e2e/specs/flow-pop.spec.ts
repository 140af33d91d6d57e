import { expectAccessible } from '../fixtures/accessible.ts';
import { CRM } from '../fixtures/crm.ts';
import { expect, test } from '../fixtures/sandbox.ts';

const at = '<locationX>0</locationX><locationY>0</locationY>';
const leads = (to: string) => `<connector><targetReference>${to}</targetReference></connector>`;
const field = (name: string, kind: string, type: string, label: string, more = '') =>
  `<fields><name>${name}</name>${more}<dataType>${type}</dataType><fieldText>${label}</fieldText><fieldType>${kind}</fieldType><isRequired>${name !== 'notes'}</isRequired></fields>`;
const choice = (name: string, text: string) =>
  `<choices><name>${name}</name><choiceText>${text}</choiceText><dataType>String</dataType><value><stringValue>${name}</stringValue></value></choices>`;
const set = (name: string, value: string) =>
  `<inputAssignments><field>${name}</field><value>${value}</value></inputAssignments>`;
const variable = (name: string, input: boolean) =>
  `<variables><name>${name}</name><dataType>String</dataType><isCollection>false</isCollection><isInput>${input}</isInput><isOutput>false</isOutput></variables>`;

/** Asks what a caller wants, and makes a case of it. */
const intake = (status: string) => `<apiVersion>67.0</apiVersion>
${choice('High', 'It cannot wait')}${choice('Medium', 'It can wait')}${choice('Order', 'About an order')}${choice('Question', 'A question')}
<description>What an agent asks a caller whom nobody knows.</description><label>Caller Intake</label><processType>Flow</processType>
<recordCreates><name>Make_Case</name><label>Make Case</label>${at}${leads('Done')}${set('Subject', '<stringValue>{!topic}: {!caller}</stringValue>')}${set('Priority', '<elementReference>urgency</elementReference>')}${set('Description', '<elementReference>notes</elementReference>')}<object>Case</object><storeOutputAutomatically>true</storeOutputAutomatically></recordCreates>
<screens><name>Ask</name><label>Who is calling?</label>${at}<allowBack>true</allowBack><allowFinish>true</allowFinish>${leads('Make_Case')}
<fields><name>hello</name><fieldText>&lt;p&gt;Greet the caller &lt;b&gt;{!phone}&lt;/b&gt;, then ask:&lt;/p&gt;&lt;ul&gt;&lt;li&gt;who it is&lt;/li&gt;&lt;li&gt;what it is about&lt;/li&gt;&lt;/ul&gt;</fieldText><fieldType>DisplayText</fieldType></fields>
${field('caller', 'InputField', 'String', 'Name', '<defaultValue><elementReference>name</elementReference></defaultValue>')}
${field('urgency', 'RadioButtons', 'String', 'Urgency', '<choiceReferences>High</choiceReferences><choiceReferences>Medium</choiceReferences>')}
${field('topic', 'DropdownBox', 'String', 'Topic', '<choiceReferences>Order</choiceReferences><choiceReferences>Question</choiceReferences>')}
${field('notes', 'LargeTextArea', 'String', 'Notes')}<showFooter>true</showFooter><showHeader>true</showHeader></screens>
<screens><name>Done</name><label>Thank the caller</label>${at}<allowBack>false</allowBack><allowFinish>true</allowFinish><fields><name>bye</name><fieldText>The case of {!caller} is open.</fieldText><fieldType>DisplayText</fieldType></fields><showFooter>true</showFooter><showHeader>true</showHeader></screens>
<start>${at}${leads('Ask')}</start><status>${status}</status>${variable('phone', true)}${variable('name', true)}`;

test('an unknown caller pops the screen flow of the softphone layout, and what the agent enters becomes a case', async ({
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

  await test.step('a layout offers no flow while none is active', async () => {
    await ada.page.goto(`${sandbox.ready.crm}/lightning/setup/SetupOneHome/home`);
    await find('Softphone Layouts');
    await button('Continue').click();
    await button('New').click();
    await ada.page
      .getByRole('group', { name: 'No matching records:' })
      .getByRole('radio', { name: 'Pop to flow' })
      .check();
    await expect(ada.page.getByText('No active screen flow.', { exact: false })).toBeVisible();
    await shot('layout-without-flows');
    await expectAccessible(ada.page, 'a softphone layout that pops a flow');
  });

  await test.step('Setup tells what the flow does and activates it', async () => {
    await find('Flows');
    await shot('flows');
    await expectAccessible(ada.page, 'Flows');
    await button('Caller Intake').click();
    await expect(ada.page.getByRole('table', { name: 'Elements' })).toContainText('Ask for caller, urgency, topic');
    await button('Activate').click();
    await expect(button('Deactivate')).toBeVisible();
    await expect(button('Delete')).toHaveCount(0);
    await shot('flow');
    await expectAccessible(ada.page, 'a flow');
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
    await ada.page
      .getByRole('group', { name: 'No matching records:' })
      .getByRole('radio', { name: 'Pop to flow' })
      .check();
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
    await expect(flow.getByRole('heading', { name: 'Who is calling?' })).toBeVisible();
    await amelia.accept();
    await shot('popped', amelia.page);
    await expectAccessible(amelia.page, 'a flow in the console');
  });

  await test.step('the agent fills it in', async () => {
    await flow.getByRole('button', { name: 'Next' }).click();
    await expect(flow.getByText('Complete this field.')).toHaveCount(3);
    await expect(flow.getByLabel('Name')).toBeFocused();
    await shot('wrong', amelia.page);
    await flow.getByLabel('Name').fill('Nora <b>Quist</b>');
    await flow.getByRole('radio', { name: 'It cannot wait' }).check();
    await flow.getByLabel('Topic').selectOption({ label: 'About an order' });
    await flow.getByLabel('Notes').fill('Two chairs\nare missing');
    await flow.getByRole('button', { name: 'Next' }).click();
    await expect(flow.getByText('The case of Nora <b>Quist</b> is open.')).toBeVisible();
    await shot('done', amelia.page);
    await flow.getByRole('button', { name: 'Finish' }).click();
    await expect(flow.getByText('Your flow finished.')).toBeVisible();
    await shot('finished', amelia.page);
    const made = await crm.query<Record<string, string>>(
      "SELECT Subject, Priority, Description, CreatedBy.Username FROM Case WHERE Subject LIKE 'Order: %'",
    );
    expect(made).toEqual([
      expect.objectContaining({
        Subject: 'Order: Nora <b>Quist</b>',
        Priority: 'High',
        Description: 'Two chairs\nare missing',
        CreatedBy: expect.objectContaining({ Username: amelia.user.username }),
      }),
    ]);
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
    const [made] = await crm.query<{ Id: string }>("SELECT Id FROM Case WHERE Subject LIKE 'Order: %'");
    expect(await ask('screenPop', { type: 'sobject', params: { recordId: made?.Id } })).toMatchObject({
      success: true,
    });
    const flowArgs = [
      { name: 'phone', type: 'String', value: '+1 206 555 0987' },
      { name: 'name', type: 'String', value: 'Nora Quist' },
    ];
    const params = { flowDevName: 'Caller_Intake', flowArgs };
    expect(await ask('screenPop', { type: 'flow', params })).toMatchObject({ success: true });
    await expect(shown.getByLabel('Name')).toHaveValue('Nora Quist');
    await expect(shown.getByText('+1 206 555 0987')).toBeVisible();
    await shot('arguments', amelia.page);
    await amelia.endAndClear();
    await amelia.page.reload();
    await expect(shown.getByLabel('Name')).toHaveValue('Nora Quist');
  });

  await test.step('a flow that is switched off is not run by its address', async () => {
    await ada.page.goto(`${sandbox.ready.crm}/lightning/setup/Flows/home`);
    await button('Deactivate Caller Intake').click();
    await expect(button('Activate Caller Intake')).toBeVisible();
    await amelia.page.goto(`${sandbox.ready.crm}/flow/Caller_Intake?name=Nora`);
    await expect(
      amelia.page.getByText("You can't run this flow because it isn't active.", { exact: false }),
    ).toBeVisible();
    await shot('inactive', amelia.page);
  });
});
