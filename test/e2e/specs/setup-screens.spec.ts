import { expectAccessible } from '../fixtures/accessible.ts';
import { expect, test } from '../fixtures/sandbox.ts';

/** Each screen's node in the address, and what stands at its head. */
const screens = [
  ['SetupOneHome', 'Home'],
  ['PermSets', 'Permission Sets'],
  ['ManageUsers', 'Users'],
  ['EnhancedProfiles', 'Profiles'],
  ['NavigationMenus', 'Lightning Experience App Manager'],
  ['AppExchangeMarketplace', 'AppExchange Marketplace'],
  ['ImportedPackage', 'Installed Packages'],
  ['ManageExternalClientApplication', 'External Client App Manager'],
  ['CallCenters', 'Call Centers'],
  ['SoftphoneLayouts', 'Softphone Layouts'],
  ['OmniChannelSettings', 'Omni-Channel Settings'],
  ['PresenceStatuses', 'Presence Statuses'],
  ['ServiceChannels', 'Service Channels'],
  ['PresenceConfigurations', 'Presence Configurations'],
  ['RoutingConfigurations', 'Routing Configurations'],
  ['Queues', 'Queues'],
  ['ApexPages', 'Visualforce Pages'],
  ['CustomSettings', 'Custom Settings'],
  ['Flows', 'Flows'],
  ['SecurityEvents', 'View Setup Audit Trail'],
  ['SandboxMailbox', 'Sandbox Mailbox'],
] as const;

test('every screen of Setup has its head, loads, and is accessible', async ({ sandbox }) => {
  test.setTimeout(120_000);
  const ada = await sandbox.signIn('administrator');
  for (const [node, head] of screens)
    await test.step(head, async () => {
      await ada.page.goto(`${sandbox.ready.crm}/lightning/setup/${node}/home`);
      await expect(ada.page.getByRole('heading', { level: 1 })).toContainText(head);
      await expect(ada.page.getByText(/^Loading /)).toHaveCount(0);
      await expectAccessible(ada.page, head);
      await ada.page.screenshot({ path: test.info().outputPath(`${node}.png`) });
    });
  expect(ada.errors).toEqual([]);
});
