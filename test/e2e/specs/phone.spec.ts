import AxeBuilder from '@axe-core/playwright';
import { Handset } from '../fixtures/handset.ts';
import { agentTone, expect, test } from '../fixtures/sandbox.ts';

const shot = (handset: Handset, name: string) =>
  handset.page.screenshot({ path: test.info().outputPath(`${name}.png`) });

test('a customer calls from the browser, both hear each other, and the agent calls back by a click', async ({
  sandbox,
}) => {
  const amelia = await sandbox.signIn('agent');
  await amelia.signInToCCP();
  await amelia.chooseStatus('Available');
  const maya = await Handset.open(sandbox);
  await expect(maya.own).toHaveValue('(206) 555-0142');
  await expect(maya.to).toHaveValue('(206) 555-0100');
  await shot(maya, 'ready');

  await maya.call();
  await expect(amelia.ccp.getByRole('button', { name: 'Accept call' })).toBeVisible();
  await expect(amelia.page.getByRole('heading', { name: sandbox.ready.contact.name, level: 1 })).toBeVisible();
  await amelia.ccp.getByRole('button', { name: 'Accept call' }).click();
  await expect(amelia.ccp.getByRole('button', { name: 'End call' })).toBeVisible();
  await expect(maya.screen).toContainText('Connected');
  await expect.poll(() => amelia.hears(agentTone)).toBeGreaterThan(0.3);
  await expect.poll(() => maya.hears(agentTone)).toBeGreaterThan(0.3);
  await maya.button('5').click();
  await maya.page.keyboard.press('#');
  await expect(maya.screen).toContainText('You pressed 5 #');
  await shot(maya, 'connected');
  await maya.button('Mute').click();
  await expect(maya.screen).toContainText('Connected, muted');
  await shot(maya, 'muted');

  await maya.button('Hang up').click();
  await expect(maya.screen).toContainText('You hung up.');
  await shot(maya, 'ended');
  await amelia.ccp.getByRole('button', { name: 'Close contact' }).click();
  await amelia.seesStatus('Available');

  await amelia.page.getByRole('button', { name: 'Dial (206) 555-0142' }).first().click();
  await expect(maya.screen).toContainText('Incoming call');
  await expect(maya.screen).toContainText('(206) 555-0100');
  await shot(maya, 'incoming');
  await maya.button('Answer').click();
  await expect(maya.screen).toContainText('Connected');
  await expect(amelia.ccp.getByRole('region', { name: 'Contact' })).toContainText('Connected call');
  await expect.poll(() => amelia.hears(agentTone)).toBeGreaterThan(0.3);
  await expect.poll(() => maya.hears(agentTone)).toBeGreaterThan(0.3);
  await amelia.ccp.getByRole('button', { name: 'End call' }).click();
  await expect(maya.screen).toContainText('The other side hung up.');
  await amelia.ccp.getByRole('button', { name: 'Close contact' }).click();
  await amelia.seesStatus('Available');

  expect(maya.errors).toEqual([]);
  expect(amelia.errors).toEqual([]);
  await maya.close();
});

test('a number that nobody has, and what is no number, are told in plain words', async ({ sandbox }) => {
  const maya = await Handset.open(sandbox);
  await maya.call('206 555 0199');
  await expect(maya.screen).toContainText('Nobody has this number.');
  await shot(maya, 'wrong-number');
  for (const nothing of ['', 'the office', '1234567890123456']) {
    await maya.call(nothing);
    await expect(maya.screen).toContainText('Enter a telephone number');
  }
  await maya.own.fill('12');
  await maya.own.press('Enter');
  await expect(maya.page.getByText('Enter a whole number')).toBeVisible();
  await maya.own.fill('206 555 0177');
  await maya.own.press('Enter');
  await expect(maya.page.getByText('Online', { exact: true })).toBeVisible();
  await maya.page.reload();
  await expect(maya.own).toHaveValue('(206) 555-0177');
  expect(maya.errors).toEqual([]);
  await maya.close();
});

test('a number that is withheld does not reach the agent; a reload in the middle of the call ends it', async ({
  sandbox,
}) => {
  const amelia = await sandbox.signIn('agent');
  await amelia.signInToCCP();
  await amelia.chooseStatus('Available');
  const maya = await Handset.open(sandbox);
  await maya.page.getByLabel('Withhold my number').check();
  await maya.call();
  await expect(amelia.ccp.getByRole('region', { name: 'Contact' })).toContainText('Number withheld');
  await amelia.ccp.getByRole('button', { name: 'Accept call' }).click();
  await expect(maya.screen).toContainText('Connected');
  await maya.page.reload();
  await expect(maya.screen).toContainText('Ready');
  await expect(maya.page.getByLabel('Withhold my number')).toBeChecked();
  await amelia.ccp.getByRole('button', { name: 'Close contact' }).click();
  await amelia.seesStatus('Available');
  expect(maya.errors).toEqual([]);
  await maya.close();
});

test('two handsets with one number both ring; the first to answer has the call, and either may decline', async ({
  sandbox,
}) => {
  const amelia = await sandbox.signIn('agent');
  await amelia.signInToCCP();
  await amelia.chooseStatus('Available');
  const desk = await Handset.open(sandbox);
  const pocket = await Handset.open(sandbox, desk.context);
  await desk.call();
  await amelia.ccp.getByRole('button', { name: 'Accept call' }).click();
  await desk.button('Hang up').click();
  await amelia.ccp.getByRole('button', { name: 'Close contact' }).click();
  await amelia.seesStatus('Available');

  const dial = amelia.page.getByRole('button', { name: 'Dial (206) 555-0142' }).first();
  await dial.click();
  await expect(desk.screen).toContainText('Incoming call');
  await pocket.button('Answer').click();
  await expect(pocket.screen).toContainText('Connected');
  await expect(desk.screen).toContainText('Another handset with this number took the call.');
  await pocket.button('Hang up').click();
  await amelia.ccp.getByRole('button', { name: 'Close contact' }).click();
  await amelia.seesStatus('Available');

  await dial.click();
  await desk.button('Decline').click();
  await expect(pocket.screen).toContainText('Incoming call');
  await pocket.button('Decline').click();
  await amelia.seesStatus('No answer');
  expect(desk.errors).toEqual([]);
  expect(pocket.errors).toEqual([]);
  await desk.close();
});

test('without a microphone the call is not placed, and the page says what to do', async ({ sandbox }) => {
  const maya = await Handset.open(sandbox);
  await maya.page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await maya.call();
  await expect(maya.screen).toContainText('Allow the microphone for this page');
  await expect(maya.button('Call')).toBeVisible();
  await maya.close();
});

test('the handset is usable by everybody: on a telephone, in the dark, with a keyboard alone', async ({ sandbox }) => {
  const maya = await Handset.open(sandbox);
  for (const [width, height] of [
    [320, 568],
    [390, 844],
    [1280, 800],
  ] as const) {
    await maya.page.setViewportSize({ width, height });
    const overflow = await maya.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(overflow, `${width} wide`).toBe(false);
    await shot(maya, `at-${width}`);
  }
  await maya.page.setViewportSize({ width: 390, height: 844 });
  const place = async () => (await maya.page.getByRole('region', { name: 'Dial pad' }).boundingBox())?.y;
  const before = await place();
  for (const colorScheme of ['light', 'dark'] as const) {
    await maya.page.emulateMedia({ colorScheme });
    await maya.to.fill('2065550100');
    await maya.to.press('Enter');
    await expect(maya.screen).toContainText('Connected');
    expect((await new AxeBuilder({ page: maya.page }).analyze()).violations).toEqual([]);
    await shot(maya, `connected-${colorScheme}`);
    await expect(maya.button('Hang up')).toBeFocused();
    expect(await place()).toBe(before);
    await maya.page.keyboard.press('Enter');
    await expect(maya.screen).toContainText('You hung up.');
    await maya.call('206 555 0199');
    await expect(maya.screen).toContainText('No such number');
    expect((await new AxeBuilder({ page: maya.page }).analyze()).violations).toEqual([]);
    await shot(maya, `no-such-number-${colorScheme}`);
    expect(await place()).toBe(before);
  }
  await maya.page.setViewportSize({ width: 1280, height: 800 });
  await maya.page.emulateMedia({ colorScheme: 'light' });
  expect(maya.errors).toEqual([]);
  await maya.close();
});
