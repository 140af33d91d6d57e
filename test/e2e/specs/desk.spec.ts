import type { Page, WebSocketRoute } from '@playwright/test';
import type { Agent } from '../fixtures/agent.ts';
import { CRM } from '../fixtures/crm.ts';
import { expect, type Sandbox, test } from '../fixtures/sandbox.ts';

const decorator = (name: string, value: string) =>
  `<componentInstanceProperties><name>${name}</name><type>decorator</type><value>${value}</value></componentInstanceProperties>`;
const item = (component: string, label: string, more = '') =>
  `<itemInstances><componentInstance>${decorator('label', label)}${decorator('eager', 'true')}${more}<componentName>${component}</componentName><identifier>${component.replace(':', '_')}</identifier></componentInstance></itemInstances>`;

/** The Service Console with the package's component and Omni-Channel beside the softphone, and an agent who may be available or at lunch. */
async function layOut(sandbox: Sandbox): Promise<{ lunch: string; contact: string }> {
  const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const { username } = sandbox.user('agent');
  const origin = `<componentInstanceProperties><name>pageOrigin</name><value>${sandbox.ready.visualforce}</value></componentInstanceProperties>`;
  const items = [
    item('opencti:softPhone', 'Phone'),
    item('runtime_service_omnichannel:omniWidget', 'Omni-Channel'),
    item('c:AC_Desk', 'Softphone link', origin),
  ];
  await crm.deploy('OmniChannelSettings', 'OmniChannel', '<enableOmniChannel>true</enableOmniChannel>');
  await crm.deploy('ServiceChannel', 'Cases', '<label>Cases</label><relatedEntityType>Case</relatedEntityType>');
  const channels = '<channels><channel>Cases</channel></channels>';
  await crm.deploy('ServicePresenceStatus', 'Available_Cases', `${channels}<label>Available - Cases</label>`);
  await crm.deploy('ServicePresenceStatus', 'Lunch', '<label>At Lunch</label>');
  await crm.deploy(
    'FlexiPage',
    'Patchcord_UtilityBar',
    `<flexiPageRegions>${items.join('')}<name>utilityItems</name><type>Region</type></flexiPageRegions><masterLabel>Patchcord Utility Bar</masterLabel><template><name>one:utilityBarTemplateDesktop</name></template><type>UtilityBar</type>`,
  );
  const access = ['Available_Cases', 'Lunch'].map(
    (status) =>
      `<servicePresenceStatusAccesses><enabled>true</enabled><servicePresenceStatus>${status}</servicePresenceStatus></servicePresenceStatusAccesses>`,
  );
  await crm.deploy('PermissionSet', 'Desk_Agents', `<label>Desk Agents</label>${access.join('')}`);
  const [set] = await crm.query<{ Id: string }>("SELECT Id FROM PermissionSet WHERE Name = 'Desk_Agents'");
  const [user] = await crm.query<{ Id: string }>(`SELECT Id FROM User WHERE Username = '${username}'`);
  const given = `SELECT Id FROM PermissionSetAssignment WHERE PermissionSetId = '${set?.Id}'`;
  if ((await crm.query(given)).length === 0)
    await crm.create('PermissionSetAssignment', { PermissionSetId: set?.Id, AssigneeId: user?.Id });
  const [lunch] = await crm.query<{ Id: string }>("SELECT Id FROM ServicePresenceStatus WHERE DeveloperName = 'Lunch'");
  const [contact] = await crm.query<{ Id: string }>(
    `SELECT Id FROM Contact WHERE Name = '${sandbox.ready.contact.name}'`,
  );
  return { lunch: lunch?.Id ?? '', contact: contact?.Id ?? '' };
}

type Road = 'Open CTI' | 'sforce.one' | 'postMessage';

/** Takes from pages in frames what the other roads need. The window is always there, and tried last. */
const leaveOnly = (page: Page, road: Road) =>
  page.addInitScript((left) => {
    document.addEventListener('DOMContentLoaded', () => {
      const sforce: unknown = Reflect.get(window, 'sforce');
      if (typeof sforce !== 'object' || sforce === null) return;
      const opencti: unknown = Reflect.get(sforce, 'opencti');
      if (left !== 'Open CTI' && typeof opencti === 'object' && opencti !== null)
        Reflect.set(sforce, 'opencti', { ...opencti, publish: undefined });
      if (left !== 'sforce.one') Reflect.deleteProperty(sforce, 'one');
    });
  }, road);

interface Told {
  type: string;
  presence?: unknown;
  event?: { source: string; event: string; payload: unknown };
  result?: { id: string; outcome: string; value: unknown };
}

/** Between page and adapter: what the page tells, and commands that the adapter did not send. */
class Wire {
  readonly told: Told[] = [];
  private page: WebSocketRoute | null = null;

  static async tap(agent: Agent, sandbox: Sandbox): Promise<Wire> {
    const wire = new Wire();
    await agent.page.routeWebSocket(`${sandbox.ready.adapter.replace('http', 'ws')}/ws`, (page) => {
      wire.page = page;
      const adapter = page.connectToServer();
      page.onMessage((m) => {
        wire.told.push(JSON.parse(String(m)) as Told);
        adapter.send(m);
      });
    });
    return wire;
  }

  commands(id: string, body: object): void {
    this.page?.send(JSON.stringify({ type: 'command', command: { id, again: false, body } }));
  }

  presence = (): unknown => this.told.findLast((m) => m.type === 'presence')?.presence;
  change = (): unknown => this.told.findLast((m) => m.event?.source === 'salesforceAgent')?.event?.payload;
  result = (id: string) => this.told.find((m) => m.result?.id === id)?.result;
}

const inBar = (agent: Agent, stands: string) =>
  agent.page.getByRole('contentinfo').getByRole('button', { name: `Omni-Channel (${stands})`, exact: true });

for (const road of ['Open CTI', 'sforce.one', 'postMessage'] as const)
  test(`by ${road} the softphone reaches Omni-Channel and the console’s tabs`, async ({ sandbox }) => {
    const { lunch, contact } = await layOut(sandbox);
    const amelia = await sandbox.signIn('agent');
    const wire = await Wire.tap(amelia, sandbox);
    await leaveOnly(amelia.page, road);
    await amelia.page.reload();
    await amelia.signInToCCP();
    await expect.poll(wire.presence).toEqual({ there: true, statusId: '', statusName: '', statusApiName: '' });
    await amelia.page.getByRole('contentinfo').getByRole('button', { name: 'Softphone link' }).click();
    await expect(amelia.page.getByText('Connected to the softphone')).toBeVisible();

    await test.step('the agent goes to lunch in Omni-Channel, and the adapter hears it', async () => {
      await inBar(amelia, 'Offline').click();
      const omni = amelia.page.getByRole('region', { name: 'Omni-Channel', exact: true });
      await omni.getByRole('button', { name: /^Omni-Channel status/ }).click();
      await omni.getByRole('menuitemradio', { name: 'Available - Cases', exact: true }).click();
      await expect.poll(wire.change).toMatchObject({
        statusName: 'Available - Cases',
        statusApiName: 'Available_Cases',
        channels: [{ developerName: 'Cases' }],
        reason: expect.stringMatching(/^Omni/),
      });
    });

    await test.step('a command changes the status, whose id may be long', async () => {
      wire.commands(`${road} 1`, { type: 'omni', omni: { method: 'setStatus', statusId: lunch } });
      await expect(inBar(amelia, 'Busy')).toBeVisible();
      await expect
        .poll(() => wire.result(`${road} 1`))
        .toMatchObject({ outcome: 'done', value: { statusApiName: 'Lunch' } });
      await expect.poll(wire.change).toMatchObject({ statusApiName: 'Lunch', reason: 'OmniToolkitStatusChange' });
      await amelia.page.screenshot({ path: test.info().outputPath('lunch.png') });
    });

    await test.step('what Omni-Channel refuses is refused in its words', async () => {
      wire.commands(`${road} 2`, { type: 'omni', omni: { method: 'setStatus', statusId: '0N5000000000000AAA' } });
      await expect.poll(() => wire.result(`${road} 2`)).toMatchObject({ outcome: 'refused' });
    });

    await test.step('a tab opens, is listed and closes', async () => {
      const tab = { url: `/lightning/r/Contact/${contact}/view`, active: true, label: 'Who calls' };
      wire.commands(`${road} 3`, { type: 'openTab', openTab: tab });
      await expect(amelia.page.getByRole('tab', { name: 'Who calls' })).toBeVisible();
      await expect.poll(() => wire.result(`${road} 3`)?.outcome).toBe('done');
      const id = wire.result(`${road} 3`)?.value;
      wire.commands(`${road} 4`, { type: 'tabs' });
      await expect
        .poll(() => wire.result(`${road} 4`)?.value)
        .toContainEqual(expect.objectContaining({ id, focused: true, recordId: contact }));
      wire.commands(`${road} 5`, { type: 'closeTab', closeTab: { id } });
      await expect(amelia.page.getByRole('tab', { name: 'Who calls' })).toBeHidden();
    });

    await test.step('logged out, the agent is offline', async () => {
      wire.commands(`${road} 6`, { type: 'omni', omni: { method: 'logout' } });
      await expect(inBar(amelia, 'Offline')).toBeVisible();
      await expect.poll(wire.change).toMatchObject({ statusApiName: 'Offline', statusId: '', loggedOut: true });
    });
    const refused = '/lightning/api/omni/presence'; // the browser notes the refusal, which was the point
    expect(amelia.errors.filter((e) => !e.includes(refused))).toEqual([]);
  });
