import type { BrowserContext, Frame } from '@playwright/test';
import { changed } from '../fixtures/adapter-record.ts';
import { Agent } from '../fixtures/agent.ts';
import { callerTone, expect, profile, type Sandbox, test } from '../fixtures/sandbox.ts';

/** How a browser loses its way to the contact centre's audio. */
type Loss = 'no candidates' | 'no way' | '';

/** Has pages lose it when they are told so. */
const losing = () => {
  const Whole = window.RTCPeerConnection;
  const lost = () => Reflect.get(window, 'loss');
  const { addIceCandidate, setRemoteDescription } = Whole.prototype;
  window.RTCPeerConnection = new Proxy(Whole, {
    construct: (_, [c]) => new Whole(lost() === 'no candidates' ? { ...c, iceServers: [] } : c),
  });
  Whole.prototype.addIceCandidate = function (candidate?: RTCIceCandidateInit | null) {
    return lost() === 'no way' ? Promise.resolve() : Reflect.apply(addIceCandidate, this, [candidate]);
  };
  Whole.prototype.setRemoteDescription = function (d: RTCSessionDescriptionInit) {
    const sdp = (d.sdp ?? '').replace(/a=candidate:.*\r\n/g, '');
    return Reflect.apply(setRemoteDescription, this, [lost() === 'no way' ? { ...d, sdp } : d]);
  };
};

/** As Firefox does where a person has allowed the microphone for this time only. */
const undecided = () => {
  navigator.permissions.query = async () =>
    Object.assign(new EventTarget(), { name: 'microphone', state: 'prompt' as const, onchange: null });
  const { mediaDevices } = navigator;
  if (!mediaDevices) return;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  Reflect.set(window, 'opened', 0);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await open(constraints);
    Reflect.set(window, 'opened', Number(Reflect.get(window, 'opened')) + 1);
    return stream;
  };
};

/** Whether the panel was told that it may open the microphone before a call. */
const mayTakeItEarly = () => {
  const { core } = Reflect.get(window, 'connect') as { core: { softphoneParams?: { allowEarlyGum?: boolean } } };
  return core.softphoneParams?.allowEarlyGum === true;
};

/** Whether a page may choose where calls are heard. */
const mayChooseSpeaker = () => {
  const policy = Reflect.get(document, 'featurePolicy') as { allowsFeature(f: string): boolean };
  return policy.allowsFeature('speaker-selection');
};

const panelOf = (agent: Agent, sandbox: Sandbox): Frame => {
  const found = agent.page.frames().find((f) => f.url().startsWith(`${sandbox.ready.connect}/ccp-v2`));
  if (!found) throw new Error('the panel is not there');
  return found;
};

const loses = (agent: Agent, sandbox: Sandbox, loss: Loss) =>
  panelOf(agent, sandbox).evaluate((how) => Reflect.set(window, 'loss', how), loss);

const reloads = async ({ page }: Agent) => {
  page.once('dialog', (d) => void d.accept());
  await page.reload();
};

const card = (agent: Agent) => agent.ccp.getByRole('region', { name: 'Contact' });
const silent = (agent: Agent) => card(agent).getByRole('heading', { name: 'No sound' });
const talking = (agent: Agent) => card(agent).getByRole('heading', { name: 'Connected call' });
const banner = (agent: Agent) => agent.softphone.getByRole('alert');
const picture = (name: string) => ({ path: test.info().outputPath(`${name}.png`) });

/** An agent in a browser whose pages can lose their way, signed in and waiting for calls. */
async function available(sandbox: Sandbox, context: BrowserContext): Promise<Agent> {
  await context.grantPermissions(['microphone'], { origin: sandbox.ready.crm });
  await context.addInitScript(losing);
  const agent = await Agent.signInWith(context, sandbox, sandbox.user('agent'));
  await agent.signInToCCP();
  await agent.chooseStatus('Available');
  return agent;
}

test('a browser that says it will ask, and then opens the microphone: nobody is told that it is missing, and it is opened early', async ({
  sandbox,
}) => {
  await changed(sandbox, { Early_Gum__c: true }, async () => {
    const context = await sandbox.newContext();
    await context.addInitScript(undecided);
    const amelia = await available(sandbox, context);
    // The adapter takes its time to notice that its record has changed.
    await expect(async () => {
      await amelia.page.reload();
      await amelia.openSoftphone();
      await amelia.seesStatus('Available');
      expect(await panelOf(amelia, sandbox).evaluate(mayTakeItEarly)).toBe(true);
    }).toPass();
    const second = await amelia.secondTab();
    const opened = () => panelOf(amelia, sandbox).evaluate(() => Number(Reflect.get(window, 'opened')));
    await amelia.chooseStatus('Offline');
    const before = await opened();
    await amelia.chooseStatus('Available');
    await expect.poll(opened).toBe(before + 1);
    sandbox.call();
    await amelia.accept();
    await expect.poll(() => amelia.hears(callerTone)).toBeGreaterThan(0.3);
    await second.talks(); // longer than panels wait before they believe the browser
    for (const tab of [amelia, second]) {
      await expect(tab.ccp.getByRole('alert')).toHaveCount(0);
      expect(await panelOf(tab, sandbox).evaluate(mayChooseSpeaker)).toBe(true);
      expect(tab.errors).toEqual([]);
    }
    await amelia.page.screenshot(picture('undecided'));
    await amelia.endAndClear();
  });
});

test('a call whose audio finds no way is red in the panel, told in the console’s bar and to the adapter, and is heard on another try', async ({
  sandbox,
}) => {
  const context = await sandbox.newContext();
  const [sent, answered]: [string[], string[]] = [[], []];
  context.on('page', (page) =>
    page.on('websocket', (s) => {
      s.on('framesent', (f) => void sent.push(String(f.payload)));
      s.on('framereceived', (f) => void answered.push(String(f.payload)));
    }),
  );
  const amelia = await available(sandbox, context);
  for (const loss of ['no way', 'no candidates'] as const) {
    await loses(amelia, sandbox, loss);
    sandbox.call();
    await amelia.accept();
    await expect(silent(amelia)).toBeVisible({ timeout: 8_000 }); // before the contact centre takes the call away
    await expect(card(amelia)).toContainText('found no way to the contact centre’s audio');
    await expect(banner(amelia)).toContainText('found no way to Amazon Connect’s audio');
    await expect(amelia.utilityButton).toHaveText(/^No sound/);
    await amelia.page.screenshot(picture(loss));
    await loses(amelia, sandbox, '');
    await card(amelia).getByRole('button', { name: 'Try again' }).click();
    await expect(talking(amelia)).toBeVisible();
    await expect.poll(() => amelia.hears(callerTone)).toBeGreaterThan(0.3);
    await expect(banner(amelia)).toHaveCount(0);
    await expect(amelia.utilityButton).toHaveText(/^On a call/);
    await amelia.endAndClear();
  }
  const facts = sent.filter((s) => s.includes('onSoftphoneError'));
  expect(facts).toHaveLength(2);
  await expect.poll(() => answered.filter((s) => s.includes('"ack"') && s.includes('onSoftphoneError')).length).toBe(2);
  expect(facts[0]).toContain('ice_collection_timeout');
});

test('a page that is loaded again in a call says that there is no sound and what to do', async ({ sandbox }) => {
  const amelia = await sandbox.agentAvailable();
  sandbox.call();
  await amelia.accept();
  await expect.poll(() => amelia.hears(callerTone)).toBeGreaterThan(0.3);
  await reloads(amelia);
  await expect(silent(amelia)).toBeVisible();
  await expect(card(amelia)).toContainText('End the call, then call back');
  await expect(banner(amelia)).toContainText('lost when the page was loaded again');
  await expect(amelia.utilityButton).toHaveText(/^No sound/);
  await amelia.page.screenshot(picture('reloaded'));
  await amelia.endAndClear();
  await expect(banner(amelia)).toHaveCount(0);
});

test('of two tabs, the one that is loaded again says nothing while the other one has the sound; both do when that one is', async ({
  sandbox,
}) => {
  const amelia = await sandbox.agentAvailable();
  const second = await amelia.secondTab();
  sandbox.call();
  await amelia.accept();
  await expect.poll(() => amelia.hears(callerTone)).toBeGreaterThan(0.3);
  await reloads(second);
  await expect(talking(second)).toBeVisible();
  await second.talks(); // longer than it takes to find out
  await expect(talking(second)).toBeVisible();
  await expect(banner(second)).toHaveCount(0);
  await reloads(amelia);
  for (const tab of [amelia, second]) await expect(silent(tab)).toBeVisible();
  await expect(banner(amelia)).toContainText('End the call, then call back');
  await amelia.endAndClear();
});

test('in Firefox the tab that accepts a call has its sound, whichever that is', async ({ sandbox }) => {
  // The library asks the browser's name; what it does for Firefox is done in any browser.
  const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const context = await sandbox.browser.newContext({ ...profile, userAgent });
  const first = await available(sandbox, context);
  const second = await first.secondTab();
  for (const tab of [second, first, second]) {
    sandbox.call();
    await expect(tab.ccp.getByRole('button', { name: 'Accept call' })).toBeVisible();
    await tab.page.bringToFront();
    await tab.accept();
    await expect.poll(() => tab.hears(callerTone)).toBeGreaterThan(0.3);
    await expect(silent(tab)).toBeHidden();
    await tab.endAndClear();
  }
  await context.close();
});
