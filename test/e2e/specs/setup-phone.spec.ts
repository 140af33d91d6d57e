import type { Page } from '@playwright/test';
import { CRM } from '../fixtures/crm.ts';
import { expect, Sandbox, test } from '../fixtures/sandbox.ts';

/** Setup in front of an administrator, with the words that are on it. */
class Setup {
  constructor(readonly page: Page) {}

  /** Types into Quick Find and chooses from the results, without Enter. */
  async find(typed: string, result: string): Promise<void> {
    const box = this.page.getByRole('searchbox', { name: 'Quick Find' });
    await box.fill(typed);
    await this.page.getByRole('link', { name: result, exact: true }).click();
  }

  button = (name: string) => this.page.getByRole('button', { name, exact: true });
  /** The buttons of a form stand above and below it. */
  press = (name: string) => this.button(name).first().click();
  shot = (name: string) => this.page.screenshot({ path: test.info().outputPath(`${name}.png`) });
}

test('an administrator sets up an org as delivered, from AppExchange to the softphone layout', async () => {
  test.setTimeout(120_000);
  const sandbox = await Sandbox.start(['--bare']);
  try {
    const ada = await sandbox.signIn('administrator');
    ada.page.setDefaultTimeout(10_000);
    const setup = new Setup(ada.page);
    await ada.page.goto(`${sandbox.ready.crm}/lightning/setup/SetupOneHome/home`);

    await test.step('install the package from AppExchange', async () => {
      await setup.find('AppExchange', 'AppExchange Marketplace');
      await ada.page.getByRole('searchbox', { name: 'Search AppExchange' }).fill('Amazon Connect');
      await ada.page.keyboard.press('Enter');
      await expect(ada.page.getByRole('heading', { name: 'Search Results' })).toBeVisible();
      await setup.shot('store');
      await ada.page.getByRole('button', { name: /Amazon Connect CTI Adapter/ }).click();
      await setup.shot('listing');
      await setup.press('Get It Now');
      await expect(ada.page.getByRole('heading', { name: 'Log In to AppExchange' })).toBeVisible();
      await setup.press('Open Login Screen');
      await setup.press('Allow');
      await expect(
        ada.page.getByRole('heading', { name: 'Where do you want to install Amazon Connect CTI Adapter?' }),
      ).toBeVisible();
      await setup.shot('where');
      await ada.page
        .getByRole('region', { name: 'Install in This Org' })
        .getByRole('button', { name: 'Install Here' })
        .click();
      const form = ada.page.getByRole('group', { name: 'Tell us about yourself' });
      await form.getByLabel('Job Title').fill('Administrator');
      await form.getByLabel('Phone').fill('206 555 0100');
      await setup.press('Confirm and Install');
      await expect(ada.page.getByText('To continue, agree to the terms and conditions.')).toBeVisible();
      await expect(form.getByLabel('Job Title')).toHaveValue('Administrator');
      await setup.shot('confirm');
      await ada.page.getByRole('checkbox', { name: /agree to the terms and conditions/ }).check();
      await setup.press('Confirm and Install');
      await ada.page.getByRole('radio', { name: 'Install for All Users' }).check();
      await setup.shot('installer');
      await setup.press('Install');
      await setup.press('Done');
      await setup.find('mailbox', 'Sandbox Mailbox');
      await ada.page
        .getByRole('button', { name: /Package Amazon Connect -- Universal Package Install Successful/ })
        .click();
      await setup.shot('mailbox');
      await setup.find('Installed', 'Installed Packages');
      await expect(setup.button('Amazon Connect -- Universal Package')).toBeVisible();
      await setup.shot('installed');
      await setup.find('AppExchange', 'AppExchange Marketplace');
      await ada.page.getByRole('button', { name: /Amazon Connect CTI Adapter/ }).click();
      await setup.press('Get It Now'); // allowed already: nobody is asked to log in again
      await expect(
        ada.page.getByRole('heading', { name: 'Where do you want to install Amazon Connect CTI Adapter?' }),
      ).toBeVisible();
    });

    await test.step('put the softphone into the Service Console', async () => {
      await setup.find('App Manager', 'App Manager');
      await ada.page.getByRole('button', { name: 'Show actions for Service Console' }).click();
      await ada.page.getByRole('menuitem', { name: 'Edit' }).click();
      const builder = ada.page.getByRole('region', { name: 'Lightning App Builder' });
      await builder.getByRole('button', { name: 'Utility Items (Desktop Only)' }).click();
      await setup.press('Add Utility Item');
      await setup.press('Open CTI Softphone');
      await ada.page.getByLabel('Label').fill('Phone');
      await setup.shot('builder');
      await setup.press('Save');
      await expect(ada.page.getByText('Your changes have been saved.')).toBeVisible();
      await setup.press('Back');
    });

    await test.step('preview the Visualforce page: only a button to sign in', async () => {
      await setup.find('visual', 'Visualforce Pages');
      await setup.press('AC_LightningAdapter');
      await setup.shot('page');
      const opened = ada.context.waitForEvent('page');
      await setup.press('Preview');
      const preview = await opened;
      expect(new URL(preview.url()).origin).toBe(sandbox.ready.visualforce);
      await expect(preview.getByRole('button', { name: 'Sign in to CCP' })).toBeVisible();
      await expect(preview.locator('body')).toHaveText('Sign in to CCP', { useInnerText: true });
      await preview.close();
    });

    await test.step('change the call center and add its users', async () => {
      await setup.find('Call Center', 'Call Centers');
      await expect(ada.page.getByRole('heading', { name: 'Say Hello to Salesforce Call Center' })).toBeVisible();
      await setup.shot('hello');
      await setup.press('Continue');
      await setup.press('AC Lightning Adapter');
      await setup.shot('center');
      await setup.press('Edit');
      await ada.page.getByLabel('Softphone Height').fill('tall');
      await ada.page.getByLabel('Softphone Width').fill('330');
      await setup.press('Save');
      await expect(
        ada.page.getByText('must be a whole number of pixels from 1 to 4000', { exact: false }).first(),
      ).toBeVisible();
      await expect(ada.page.getByLabel('Softphone Height')).toHaveValue('tall');
      await ada.page.getByLabel('Softphone Height').fill('580');
      await setup.press('Save');
      await setup.press('Manage Call Center Users');
      await expect(ada.page.getByRole('heading', { name: 'AC Lightning Adapter: Manage Users' })).toBeVisible();
      await setup.press('Add More Users');
      await ada.page.getByLabel('Field 1').selectOption({ label: 'First Name' });
      await ada.page.getByLabel('Operator 1').selectOption('starts with');
      await ada.page.getByLabel('Value 1').fill('A');
      await setup.press('Find');
      await expect(ada.page.getByText('Miles Larsen')).toHaveCount(0);
      await ada.page.getByRole('checkbox', { name: 'Select Amelia Okafor' }).check();
      await ada.page.getByRole('checkbox', { name: 'Select Ada Byrne' }).check();
      await setup.shot('find');
      await setup.press('Add to Call Center');
      await expect(
        ada.page.getByRole('table', { name: 'Call center users' }).getByText('Amelia Okafor', { exact: true }),
      ).toBeVisible();
    });

    await test.step('make the softphone layout', async () => {
      await setup.find('Softphone', 'Softphone Layouts');
      await expect(ada.page.getByRole('heading', { name: 'Get Started' })).toBeVisible();
      await setup.press('Continue');
      await setup.press('New');
      await ada.page.getByRole('textbox', { name: 'Name' }).fill('AmazonConnectDefault');
      await ada.page.getByRole('checkbox', { name: 'Is Default Layout' }).check();
      await setup.press('Display these salesforce.com objects');
      await setup.press('Add / Remove Objects');
      await ada.page.getByLabel('Available Objects').selectOption({ label: 'Case' });
      await setup.press('Add');
      const pops = ada.page.getByRole('group', { name: 'Multiple-matching records:' });
      await expect(pops.getByRole('radio', { name: "Don't pop any screen" })).toBeChecked();
      await setup.shot('layout');
      await setup.press('Save');
      await expect(setup.button('AmazonConnectDefault')).toBeVisible();
    });

    await test.step('the console has it all: the item, the panel of that size, the layout', async () => {
      await ada.page.goto(sandbox.ready.crm);
      await ada.openSoftphone();
      const frame = ada.page.locator('iframe[title="Softphone"]');
      await expect(ada.softphone.getByRole('button', { name: 'Sign in to CCP' })).toBeVisible();
      await expect.poll(async () => (await frame.boundingBox())?.width).toBeGreaterThanOrEqual(330);
      await setup.shot('console');
      const layout: unknown = await ada.page.evaluate(async () =>
        (await fetch('/lightning/api/softphone/layout')).json(),
      );
      expect(Object.keys((layout as { Inbound: { objects: object } }).Inbound.objects).sort()).toEqual([
        'Account',
        'Case',
        'Contact',
        'Lead',
      ]);
    });

    await test.step('who has no permission set is told which one is missing', async () => {
      const amelia = await sandbox.signIn('agent');
      await amelia.openSoftphone();
      await expect(amelia.page.locator('iframe[title="Softphone"]')).toBeVisible();
      await expect(amelia.page.frameLocator('iframe[title="Softphone"]').getByText(/AC_/)).toBeVisible();
      await amelia.page.screenshot({ path: test.info().outputPath('no-permission-set.png') });
      const miles = await sandbox.signIn('manager');
      await miles.openSoftphone();
      await expect(miles.page.getByText('not assigned to a call center', { exact: false })).toBeVisible();
    });

    await test.step('uninstall it again', async () => {
      await ada.page.goto(`${sandbox.ready.crm}/lightning/setup/ImportedPackage/home`);
      await setup.press('Uninstall Amazon Connect -- Universal Package');
      await setup.press('Uninstall');
      await expect(ada.page.getByText('Confirm that you want to uninstall', { exact: false }).first()).toBeVisible();
      await ada.page.getByRole('checkbox', { name: /Yes, I want to uninstall/ }).check();
      await setup.shot('uninstall');
      await setup.press('Uninstall');
      await expect(ada.page.getByText('No packages are installed.', { exact: false })).toBeVisible();
      await setup.find('Call Center', 'Call Centers');
      await expect(ada.page.getByText('There are no call centers.', { exact: false })).toBeVisible();
    });
  } finally {
    await sandbox.stop();
  }
});

test('two contacts with the number of the caller: the softphone offers both, and opens the one that is chosen', async ({
  sandbox,
}) => {
  const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const twin = await crm.create('Contact', {
    LastName: 'Twinning',
    FirstName: 'Tess',
    Phone: sandbox.ready.contact.phone,
  });
  try {
    const amelia = await sandbox.agentAvailable();
    sandbox.call();
    const choice = amelia.softphone.getByRole('region', { name: 'Search results' });
    await expect(choice.getByRole('button', { name: /Tess Twinning/ })).toBeVisible();
    await expect(choice.getByRole('button', { name: new RegExp(sandbox.ready.contact.name) })).toBeVisible();
    await expect(amelia.page.getByRole('tab', { name: 'Tess Twinning' })).toHaveCount(0);
    await amelia.page.screenshot({ path: test.info().outputPath('choice.png') });
    await choice.getByRole('button', { name: /Tess Twinning/ }).click();
    await expect(amelia.page.getByRole('tab', { name: 'Tess Twinning' })).toBeVisible();
    await expect(choice).toBeHidden();
  } finally {
    await crm.delete('Contact', twin);
  }
});
