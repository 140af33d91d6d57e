import type { Page } from '@playwright/test';
import { Guide } from '../fixtures/guide.ts';
import { agentTone, callerTone, expect, Sandbox, test } from '../fixtures/sandbox.ts';

const listed = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Setup in a tab of its own, as the gear opens it. */
class Setup {
  constructor(readonly page: Page) {}
  /** The buttons of a form stand above and below it. */
  press = (name: string) => this.page.getByRole('button', { name, exact: true }).first().click();

  /** Results appear while typing. */
  async find(typed: string, result: string): Promise<void> {
    await this.page.getByRole('searchbox', { name: 'Quick Find' }).fill(typed);
    await this.page.getByRole('treeitem', { name: result, exact: true }).click();
  }
}

test('the installation guide, from its first line to its last', async () => {
  test.setTimeout(300_000);
  const sandbox = await Sandbox.start(['--bare']);
  const { crm, visualforce, connect, number, region } = sandbox.ready;
  const alias = 'patchcord-demo';
  const mine = '+12065550177';
  const guide = new Guide();
  try {
    const ada = await sandbox.signIn('administrator');
    let setup = new Setup(ada.page);

    guide.chapter('Install the package');
    await guide.step('Log in to your Salesforce org and choose the gear → **Setup**.', async () => {
      await ada.page.getByRole('button', { name: 'Setup' }).click();
      const opened = ada.context.waitForEvent('page');
      await ada.page.getByRole('menuitem', { name: 'Setup' }).click();
      setup = new Setup(await opened);
      await expect(setup.page.getByRole('searchbox', { name: 'Quick Find' })).toBeVisible();
    });
    await guide.step(
      'In **Quick Find** type `AppExchange` and choose **AppExchange Marketplace**; results appear while you type.',
      () => setup.find('AppExchange', 'AppExchange Marketplace'),
    );
    await guide.step(
      'Type `Amazon Connect` into **Search AppExchange** and press Enter.',
      async () => {
        await setup.page.getByRole('searchbox', { name: 'Search AppExchange' }).fill('Amazon Connect');
        await setup.page.keyboard.press('Enter');
        await expect(setup.page.getByRole('heading', { name: 'Search Results' })).toBeVisible();
      },
      { page: setup.page, as: 'search-results' },
    );
    await guide.step('Choose **Amazon Connect CTI Adapter**, then **Get It Now**.', async () => {
      await setup.page.getByRole('button', { name: /Amazon Connect CTI Adapter/ }).click();
      await setup.press('Get It Now');
    });
    await guide.step('If **Log In to AppExchange** shows: **Open Login Screen**, then **Allow**.', async () => {
      await expect(setup.page.getByRole('heading', { name: 'Log In to AppExchange' })).toBeVisible();
      await setup.press('Open Login Screen');
      await setup.press('Allow');
    });
    await guide.step(
      'On **Where do you want to install Amazon Connect CTI Adapter?** choose **Install Here** under *Install in This Org*.',
      () =>
        setup.page
          .getByRole('region', { name: 'Install in This Org' })
          .getByRole('button', { name: 'Install Here' })
          .click(),
    );
    await guide.step(
      'On **Confirm installation details** complete **Tell us about yourself**, agree with the terms and ' +
        'conditions, and choose **Confirm and Install**. Without the tick it does not go on.',
      async () => {
        const form = setup.page.getByRole('group', { name: 'Tell us about yourself' });
        await form.getByLabel('Job Title').fill('Administrator');
        await form.getByLabel('Phone').fill('206 555 0100');
        await expect(setup.page.getByRole('checkbox', { name: /Allow the provider to contact me/ })).not.toBeChecked();
        await setup.press('Confirm and Install');
        await expect(setup.page.getByText('To continue, agree to the terms and conditions.')).toBeVisible();
        await setup.page.getByRole('checkbox', { name: /agree to the terms and conditions/ }).check();
        await setup.press('Confirm and Install');
      },
    );
    await guide.step(
      'Choose **Install for All Users**, then **Install**. When it takes a while, **This app is taking a ' +
        'long time to install** appears; **Done** does not stop it.',
      async () => {
        await setup.page.getByRole('radio', { name: 'Install for All Users' }).check();
        // As a slow organization would: news of the installation does not arrive before the page has lost its patience.
        let tell = () => {};
        const told = new Promise<void>((resolve) => {
          tell = resolve;
        });
        await setup.page.route(/\/installs\/[^/]+$/, async (route) => {
          await told;
          await route.continue().catch(() => undefined); // the page has left meanwhile
        });
        await setup.press('Install');
        await expect(setup.page.getByText('This app is taking a long time to install.')).toBeVisible();
        await expect(
          setup.page.getByText('You will receive an email after the installation has completed.'),
        ).toBeVisible();
        await setup.press('Done');
        tell();
      },
    );
    await guide.step(
      'Wait for the e-mail that says that the installation has completed. The sandbox keeps its mail: Quick Find `mailbox`.',
      async () => {
        await setup.find('mailbox', 'Sandbox Mailbox');
        await expect(
          setup.page.getByRole('button', { name: /Package Amazon Connect -- Universal Package Install Successful/ }),
        ).toBeVisible();
      },
    );
    await guide.step(
      'Quick Find `Installed` → **Installed Packages**: **Amazon Connect -- Universal Package** is there.',
      async () => {
        await setup.find('Installed', 'Installed Packages');
        await expect(listed(setup.page, 'Amazon Connect -- Universal Package')).toBeVisible();
      },
      { page: setup.page, as: 'installed-packages' },
    );

    guide.chapter('Give access');
    await guide.step(
      'Quick Find `Permission` → **Permission Sets**: **AC_Administrator**, **AC_Agent**, **AC_Integration**, **AC_Manager**.',
      async () => {
        await setup.find('Permission', 'Permission Sets');
        for (const name of ['AC_Administrator', 'AC_Agent', 'AC_Integration', 'AC_Manager'])
          await expect(listed(setup.page, name)).toBeVisible();
      },
    );
    for (const [set, person] of [
      ['AC_Administrator', 'Ada Byrne'],
      ['AC_Integration', 'Ada Byrne'],
      ['AC_Manager', 'Miles Larsen'],
      ['AC_Agent', 'Amelia Okafor'],
    ] as const)
      await guide.step(
        `Choose **${set}** → **Manage Assignments** → **Add Assignments**, select ${person}, **Assign**.`,
        async () => {
          await setup.find('Permission', 'Permission Sets');
          await listed(setup.page, set).click();
          await setup.press('Manage Assignments');
          await setup.press('Add Assignments');
          await setup.page.getByRole('checkbox', { name: `Select ${person}` }).check();
          await setup.press('Assign');
          const assigned = setup.page.getByRole('table', { name: `Users assigned to ${set}` });
          await expect(assigned.getByText(person)).toBeVisible();
        },
        set === 'AC_Agent' ? { page: setup.page, as: 'assignments' } : undefined,
      );

    guide.chapter('Put the softphone into the Service Console');
    await guide.step(
      'Quick Find `App Manager` → **App Manager**; in the menu of **Service Console** choose **Edit**.',
      async () => {
        await setup.find('App Manager', 'App Manager');
        await setup.page.getByRole('button', { name: 'Show actions for Service Console' }).click();
        await setup.page.getByRole('menuitem', { name: 'Edit' }).click();
      },
    );
    await guide.step(
      'In the **Lightning App Builder** choose **Utility Items**, **Add Utility Item**, **Open CTI ' +
        'Softphone**. Change the **Label** if you like; leave **Start automatically** ticked.',
      async () => {
        const builder = setup.page.getByRole('region', { name: 'Lightning App Builder' });
        await builder.getByRole('button', { name: /^Utility Items/ }).click();
        await setup.press('Add Utility Item');
        await setup.press('Open CTI Softphone');
        await setup.page.getByLabel('Label').fill('Phone');
        await expect(setup.page.getByRole('checkbox', { name: 'Start automatically' })).toBeChecked();
      },
      { page: setup.page, as: 'app-builder' },
    );
    await guide.step('**Save**.', async () => {
      await setup.press('Save');
      await expect(setup.page.getByText('Your changes have been saved.')).toBeVisible();
      await setup.press('Back');
      await ada.page.reload();
      await expect(ada.utilityButton).toHaveText('Phone');
    });

    guide.chapter('Approve two origins in Amazon Connect');
    let lightning = '';
    let pages = '';
    await guide.step("Copy the address of any Setup page: its host is your org's Lightning host.", async () => {
      lightning = new URL(setup.page.url()).origin;
      expect(lightning).toBe(crm);
    });
    await guide.step(
      'Quick Find `visual` → **Visualforce Pages** → **AC_LightningAdapter** → **Preview**. A new tab ' +
        'shows only the button **Sign in to CCP**: copy its address too.',
      async () => {
        await setup.find('visual', 'Visualforce Pages');
        await setup.press('AC_LightningAdapter');
        const opened = ada.context.waitForEvent('page');
        await setup.press('Preview');
        const preview = await opened;
        await expect(preview.getByRole('button', { name: 'Sign in to CCP' })).toBeVisible();
        await expect(preview.locator('body')).toHaveText('Sign in to CCP', { useInnerText: true });
        pages = new URL(preview.url()).origin;
        expect(pages).toBe(visualforce); // its tab stays open, as it would with people
      },
    );
    const aws = await sandbox.newPage();
    await guide.step(
      'Log in to the Amazon Connect console, check the **AWS region**, and choose your instance by its alias.',
      async () => {
        const { connect_username, connect_password } = sandbox.user('administrator');
        await aws.goto(connect);
        await aws.getByLabel('Username').fill(connect_username);
        await aws.getByLabel('Password').fill(connect_password);
        await aws.getByRole('button', { name: 'Sign In' }).click();
        await expect(aws.getByLabel('Region')).toHaveValue(region);
        await aws.getByRole('table', { name: 'Instances' }).getByRole('link', { name: alias }).click();
        await expect(aws.getByText(sandbox.ready.instance_id).first()).toBeVisible();
      },
      { page: aws, as: 'instance' },
    );
    await guide.step('Choose **Application Integration** on the left.', () =>
      aws.getByRole('link', { name: 'Application Integration' }).click(),
    );
    await guide.step(
      'Choose **+ Add origin**, enter the first address up to and without the path, **Add**; the same with the second. Both are listed.',
      async () => {
        for (const origin of [lightning, pages]) {
          await aws.getByRole('button', { name: '+ Add origin' }).click();
          const dialog = aws.getByRole('dialog', { name: 'Add origin' });
          await dialog.getByLabel('Enter origin URL').fill(origin);
          await dialog.getByRole('button', { name: 'Add' }).click();
          await expect(
            aws.getByRole('table', { name: 'Approved origins' }).getByRole('rowheader', { name: origin }),
          ).toBeVisible();
        }
      },
      { page: aws, as: 'approved-origins' },
    );

    guide.chapter('Change the call center');
    await guide.step(
      'Quick Find `Call Center` → **Call Centers**; if **Say Hello to Salesforce Call Center** shows, **Continue**.',
      async () => {
        await setup.find('Call Center', 'Call Centers');
        await expect(setup.page.getByRole('heading', { name: 'Say Hello to Salesforce Call Center' })).toBeVisible();
        await setup.press('Continue');
      },
    );
    await guide.step(
      'Choose **AC Lightning Adapter** → **Edit**, set **Softphone Height** to 570 and **Softphone Width** to 330, **Save**.',
      async () => {
        await setup.press('AC Lightning Adapter');
        await setup.press('Edit');
        await setup.page.getByLabel('Softphone Height').fill('570');
        await setup.page.getByLabel('Softphone Width').fill('330');
        await setup.press('Save');
        for (const [label, value] of [
          ['Softphone Height', '570'],
          ['Softphone Width', '330'],
        ] as const)
          await expect(setup.page.locator('dt', { hasText: label }).locator('+ dd')).toHaveText(value);
      },
    );
    await guide.step(
      'Choose **Manage Call Center Users** → **Add More Users**, set filters if you like, **Find**, select ' +
        'the users, **Add to Call Center**.',
      async () => {
        await setup.press('Manage Call Center Users');
        await expect(setup.page.getByRole('heading', { name: 'AC Lightning Adapter: Manage Users' })).toBeVisible();
        await setup.press('Add More Users');
        await setup.press('Find');
        await setup.page.getByRole('checkbox', { name: 'Select Amelia Okafor' }).check();
        await setup.page.getByRole('checkbox', { name: 'Select Ada Byrne' }).check();
        await setup.press('Add to Call Center');
        const users = setup.page.getByRole('table', { name: 'Call center users' });
        await expect(users.getByText('Amelia Okafor', { exact: true })).toBeVisible();
      },
      { page: setup.page, as: 'call-center-users' },
    );

    guide.chapter('Configure the toolkit settings');
    await guide.step(
      'Quick Find `Custom Settings` → **Custom Settings**; beside **Toolkit for Amazon Connect** choose **Manage**, then **New**.',
      async () => {
        await setup.find('Custom Settings', 'Custom Settings');
        await setup.page.getByRole('button', { name: 'Manage Toolkit for Amazon Connect' }).click();
        await setup.page.getByRole('button', { name: 'New', exact: true }).first().click();
      },
    );
    await guide.step(
      'Enter the address of your instance as **Url**, such as `https://your-instance-alias.awsapps.com`, and **Save**.',
      async () => {
        await setup.page.getByRole('textbox', { name: 'Url', exact: true }).fill(connect);
        await setup.page.getByRole('button', { name: 'Save' }).first().click();
        await expect(setup.page.getByText(connect)).toBeVisible();
      },
      { page: setup.page, as: 'toolkit' },
    );

    guide.chapter('Create the softphone layout');
    await guide.step(
      'Quick Find `Softphone` → **Softphone Layouts**; if **Get Started** shows, **Continue**. Choose **New**.',
      async () => {
        await setup.find('Softphone', 'Softphone Layouts');
        await expect(setup.page.getByRole('heading', { name: 'Get Started' })).toBeVisible();
        await setup.press('Continue');
        await setup.press('New');
      },
    );
    await guide.step('Name it **AmazonConnectDefault** and select **Is Default Layout**.', async () => {
      await setup.page.getByRole('textbox', { name: 'Name' }).fill('AmazonConnectDefault');
      await setup.page.getByRole('checkbox', { name: 'Is Default Layout' }).check();
    });
    await guide.step(
      'Expand **Display these salesforce.com objects** and add **Case** to the objects that are searched.',
      async () => {
        await setup.press('Display these salesforce.com objects');
        await setup.press('Add / Remove Objects');
        await setup.page.getByLabel('Available Objects').selectOption({ label: 'Case' });
        await setup.press('Add');
      },
    );
    await guide.step(
      'Check the **Screen Pop Settings**: as delivered nothing pops when several records match. **Save**.',
      async () => {
        await expect(setup.page.getByRole('group', { name: 'Screen pops open within:' })).toBeVisible();
        await expect(setup.page.getByRole('group', { name: 'No matching records:' })).toBeVisible();
        await expect(setup.page.getByRole('group', { name: 'Single-matching record:' })).toBeVisible();
        const several = setup.page.getByRole('group', { name: 'Multiple-matching records:' });
        await expect(several.getByRole('radio', { name: "Don't pop any screen" })).toBeChecked();
        await setup.press('Save');
        await expect(listed(setup.page, 'AmazonConnectDefault')).toBeVisible();
      },
      { page: setup.page, as: 'softphone-layouts' },
    );

    guide.chapter('Configure the adapter and take a first call');
    const { page } = ada;
    await guide.step('In the **Service Console** open the navigation menu and choose **Edit**.', async () => {
      await page.reload();
      await page.getByRole('button', { name: 'Show Navigation Menu' }).click();
      await page.getByRole('menuitem', { name: 'Edit' }).click();
    });
    await guide.step(
      'In **Edit Service Console App Navigation Items** choose **Add More Items**, **+** beside **AC CTI ' +
        'Adapters**, **Add 1 Nav Item**; move it up if you like, and **Save**.',
      async () => {
        const items = page.getByRole('dialog', { name: 'Edit Service Console App Navigation Items' });
        await items.getByRole('button', { name: 'Add More Items' }).click();
        const adding = page.getByRole('dialog', { name: 'Add Items' });
        await adding.getByRole('button', { name: 'Add AC CTI Adapters' }).click();
        await adding.getByRole('button', { name: 'Add 1 Nav Item' }).click();
        await items.getByRole('button', { name: 'Reorder AC CTI Adapters' }).focus();
        await page.keyboard.press('ArrowUp');
        await items.getByRole('button', { name: 'Save' }).click();
        await expect(items).toBeHidden();
      },
    );
    await guide.step('Choose **AC CTI Adapters** from the menu, the list view **All**, and **New**.', async () => {
      await page.getByRole('button', { name: 'Show Navigation Menu' }).click();
      await page.getByRole('menuitem', { name: 'AC CTI Adapters' }).click();
      await page.getByRole('button', { name: 'Select a List View' }).click();
      await page.getByRole('menuitemradio', { name: 'All', exact: true }).click();
      await page.getByRole('button', { name: 'New', exact: true }).click();
    });
    await guide.step(
      `Fill in **CTI Adapter Name** \`ACLightningAdapter\`, **Amazon Connect Instance Alias** (yours; here ` +
        `\`${alias}\`), **Amazon Connect Instance Region** \`${region}\`, **Call Center Definition Name** ` +
        `\`ACLightningAdapter\`; leave the rest and **Save**.`,
      async () => {
        const form = page.getByRole('dialog', { name: 'New AC CTI Adapter' });
        await form.getByLabel('CTI Adapter Name').fill('ACLightningAdapter');
        await form.getByLabel('Amazon Connect Instance Alias').fill(alias);
        await form.getByLabel('Amazon Connect Instance Region').fill(region);
        await form.getByLabel('Call Center Definition Name').fill('ACLightningAdapter');
        await form.getByRole('button', { name: 'Save', exact: true }).click();
        await expect(page.getByRole('heading', { name: 'ACLightningAdapter' })).toBeVisible();
      },
      { page, as: 'adapter-record' },
    );

    const amelia = await sandbox.signIn('agent');
    await guide.step(
      'Refresh the browser of an agent; choose the softphone at the bottom left, and **Sign in to CCP**. A ' +
        'window opens: enter the Amazon Connect credentials, **Sign In**. It closes by itself.',
      async () => {
        await amelia.page.reload();
        await amelia.signInToCCP();
        const size = await amelia.page.locator('iframe[title="Softphone"]').boundingBox();
        expect([size?.width, size?.height]).toEqual([330, 570]);
      },
      { page: amelia.page, as: 'signed-in' },
    );
    await guide.step('Open the status menu and choose **Available**.', () => amelia.chooseStatus('Available'));
    await guide.step(`Call your instance (here ${number}). The CCP rings; **accept**, and talk.`, async () => {
      const caller = sandbox.call('--from', mine);
      await amelia.accept();
      await expect.poll(() => amelia.hears(callerTone)).toBeGreaterThan(0.3);
      await amelia.talks();
      await amelia.ccp.getByRole('button', { name: 'End call' }).click();
      expect(await caller.program.ended).toBe(0);
      expect(caller.heard(agentTone)).toBeGreaterThan(0.3);
    });
    await guide.step('**End the call** and clear the contact; you are **Available** again.', async () => {
      await amelia.ccp.getByRole('button', { name: 'Close contact' }).click();
      await amelia.seesStatus('Available');
    });

    guide.chapter('Enhanced agent logout');
    await guide.step(
      'In Amazon Connect, under **Manage agent status**, add a status with `Logout` in its name.',
      async () => {
        await aws.getByRole('link', { name: 'Administration' }).click();
        await aws.getByRole('link', { name: 'Manage agent status' }).first().click();
        await aws.getByRole('button', { name: 'Add new agent status' }).click();
        const dialog = aws.getByRole('dialog', { name: 'Add new agent status' });
        await dialog.getByLabel('Status name').fill('Logout');
        await dialog.getByRole('button', { name: 'Save' }).click();
        await expect(aws.getByRole('rowheader', { name: 'Logout' })).toBeVisible();
      },
      { page: aws, as: 'agent-status' },
    );
    await guide.step(
      'An agent who chooses it is set offline and signed out; the softphone shows **Sign in to CCP** again.',
      async () => {
        await amelia.page.reload();
        await amelia.openSoftphone();
        await amelia.ccp.getByRole('button', { name: 'Change status' }).click();
        await amelia.ccp.getByRole('menuitemradio', { name: 'Logout' }).click();
        await expect(amelia.softphone.getByRole('button', { name: 'Sign in to CCP' })).toBeVisible();
        expect(await sandbox.statusOf(amelia)).toBe('Offline');
      },
    );

    guide.chapter('Check the screen pop');
    const contacts = amelia.page;
    await guide.step('Sign in to the CCP again, and choose **Available**.', async () => {
      await amelia.signInToCCP();
      await amelia.chooseStatus('Available');
    });
    await guide.step(
      'Choose **Contacts** from the menu, then **New**; enter your name, and your number as **Phone**. **Save**.',
      async () => {
        await contacts.getByRole('button', { name: 'Show Navigation Menu' }).click();
        await contacts.getByRole('menuitem', { name: 'Contacts' }).click();
        await contacts.getByRole('button', { name: 'New', exact: true }).click();
        const form = contacts.getByRole('dialog', { name: 'New Contact' });
        await form.getByLabel('Last Name').fill('Guidewalker');
        await form.getByLabel('Phone', { exact: true }).fill('(206) 555-0177');
        await form.getByRole('button', { name: 'Save', exact: true }).click();
        await expect(contacts.getByRole('heading', { name: 'Guidewalker', level: 1 })).toBeVisible();
      },
    );
    await guide.step(
      "Close the contact's tab, and refresh the browser. The CCP comes back by itself: nothing to open, nothing to enter.",
      async () => {
        await contacts.getByRole('button', { name: 'Close Guidewalker' }).click();
        await expect(contacts.getByRole('tab', { name: 'Guidewalker' })).toHaveCount(0);
        await contacts.reload();
        await expect(contacts.locator('iframe[title="Softphone"]')).toBeHidden();
        await expect(amelia.softphone.locator('iframe[title="Amazon Connect CCP"]')).toBeAttached();
      },
    );
    await guide.step(
      'Call from that number: the contact opens by itself.',
      async () => {
        sandbox.call('--from', mine);
        await expect(contacts.getByRole('tab', { name: 'Guidewalker' })).toBeVisible();
        await expect(contacts.getByRole('heading', { name: 'Guidewalker', level: 1 })).toBeVisible();
      },
      { page: contacts, as: 'screen-pop' },
    );

    guide.finish(
      'Installing the adapter by hand',
      'Start an org and an instance as they are delivered with `patchcord sandbox --bare`, or use your ' +
        'own. `patchcord setup apply` does the same\nby itself: see [real-org.md](real-org.md). Each step ' +
        'below is walked by a test, which also takes the pictures.',
    );
  } finally {
    await sandbox.stop();
  }
});
