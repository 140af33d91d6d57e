import { describe, expect, test } from 'vitest';
import type { Match, SoftphoneLayout } from '../wire.ts';
import { type Desk, dispatch, type PanelChange } from './dispatch.ts';
import { SalesWorks } from './sales-work.ts';
import type { Pop } from './screen-pop.ts';

const none = { screenPopType: 'DontPop', screenPopData: null };
const block = {
  callRelatedFields: ['ANI'],
  objects: { Contact: [{ displayName: 'Name', apiName: 'Name' }] },
  screenPopSettings: {
    screenPopsOpenWithin: 'ExistingWindow',
    NoMatch: none,
    SingleMatch: { screenPopType: 'PopToEntity', screenPopData: null },
    MultipleMatches: none,
  },
};
const delivered: SoftphoneLayout = { Inbound: block, Outbound: block, Internal: block };
const maya: Match = {
  id: '003000000000001AAA',
  object: 'Contact',
  name: 'Maya Lindqvist',
  fields: { Phone: '(206) 555-0142' },
};
const otto: Match = { id: '003000000000002AAA', object: 'Contact', name: 'Otto Brandt', fields: {} };

/** A console that remembers what it was asked to do. */
class RememberingDesk implements Desk {
  pops: Pop[] = [];
  changes: PanelChange[] = [];
  clickToDial = false;
  saves: unknown[] = [];
  constructor(
    readonly found: Match[] = [],
    readonly softphone: SoftphoneLayout = delivered,
  ) {}
  view = () => ({ url: '/lightning/page/home' });
  pop = async (to: Pop) => {
    this.pops.push(to);
  };
  search = async () => ({ matches: this.found, settings: this.softphone.Inbound.screenPopSettings });
  save = async (...all: unknown[]) => {
    this.saves.push(all);
    return '00T000000000001AAA';
  };
  settings = () => ({ '/reqGeneralInfo/reqDisplayName': 'AC Lightning Adapter' });
  layout = async () => this.softphone;
  refresh = () => undefined;
  panelVisible = () => true;
  setPanel = (change: PanelChange) => {
    this.changes.push(change);
  };
  enableClickToDial = (enabled: boolean) => {
    this.clickToDial = enabled;
  };
  started = () => undefined;
  works = new SalesWorks(() => 'work-1');
  completeWork = (args: Record<string, unknown>) => {
    this.saves.push(this.works.complete(args));
  };
}

const mayasPage: Pop = { to: { at: 'record', object: '', id: maya.id } };

describe('searchAndScreenPop', () => {
  const search = { searchParams: '2065550142', callType: 'inbound' };
  test('one match pops its page and names the record', async () => {
    const desk = new RememberingDesk([maya]);
    const { success, returnValue } = await dispatch(desk, 'searchAndScreenPop', search);
    expect(success).toBe(true);
    expect(desk.pops).toEqual([mayasPage]);
    expect(returnValue).toEqual({
      [maya.id]: { Id: maya.id, Name: 'Maya Lindqvist', RecordType: 'Contact', Phone: '(206) 555-0142' },
      SCREEN_POP_DATA: { type: 'sobject', params: { recordId: maya.id } },
    });
  });
  test.each([
    ['no match pops nothing', []],
    ['several matches pop nothing', [maya, otto]],
  ])('%s', async (_, found) => {
    const desk = new RememberingDesk(found);
    const { returnValue } = await dispatch(desk, 'searchAndScreenPop', search);
    expect(desk.pops).toEqual([]);
    expect(Object.keys(returnValue ?? {})).toEqual(found.map((f) => f.id));
  });
  test('deferred searches, says what would pop, and pops nothing', async () => {
    const desk = new RememberingDesk([maya]);
    const { returnValue } = await dispatch(desk, 'searchAndScreenPop', { ...search, deferred: true });
    expect(desk.pops).toEqual([]);
    expect(returnValue).toHaveProperty('SCREEN_POP_DATA');
  });
  test.each(['outbound', 'internal'])('an %s call pops nothing', async (callType) => {
    const desk = new RememberingDesk([maya]);
    await dispatch(desk, 'searchAndScreenPop', { ...search, callType });
    expect(desk.pops).toEqual([]);
  });
  test('a layout that creates on no match opens the form with the defaults', async () => {
    const settings = { ...block.screenPopSettings, NoMatch: { screenPopType: 'PopToEntity', screenPopData: 'Lead' } };
    const desk = new RememberingDesk([], { ...delivered, Inbound: { ...block, screenPopSettings: settings } });
    await dispatch(desk, 'searchAndScreenPop', { ...search, defaultFieldValues: { Phone: '2065550142' } });
    expect(desk.pops).toEqual([{ create: 'Lead', values: { Phone: '2065550142' } }]);
  });
  test("a layout that pops a page hands it the softphone's parameters", async () => {
    const settings = {
      ...block.screenPopSettings,
      SingleMatch: { screenPopType: 'PopToVisualforce', screenPopData: 'Caller' },
    };
    const desk = new RememberingDesk([maya], { ...delivered, Inbound: { ...block, screenPopSettings: settings } });
    await dispatch(desk, 'searchAndScreenPop', { ...search, queryParams: 'queue=Sales&x=<b>' });
    expect(desk.pops).toEqual([
      { to: { at: 'page', url: '/apex/Caller?queue=Sales&x=%3Cb%3E&searchParams=2065550142' } },
    ]);
  });
  test("a layout that pops a flow hands it the softphone's arguments, and no others", async () => {
    const settings = { ...block.screenPopSettings, NoMatch: { screenPopType: 'PopToFlow', screenPopData: 'Intake' } };
    const desk = new RememberingDesk([], { ...delivered, Inbound: { ...block, screenPopSettings: settings } });
    const flowArgs = [{ name: 'phone', type: 'String', value: '+1' }];
    const { returnValue } = await dispatch(desk, 'searchAndScreenPop', { ...search, params: { flowArgs } });
    await dispatch(desk, 'searchAndScreenPop', search);
    expect(desk.pops).toEqual([
      { flow: 'Intake', args: flowArgs },
      { flow: 'Intake', args: [] },
    ]);
    expect(returnValue).toEqual({ SCREEN_POP_DATA: { type: 'flow', params: { flowDevName: 'Intake', flowArgs } } });
    await dispatch(desk, 'screenPop', { type: 'flow', params: { flowDevName: 'Intake', flowArgs } });
    expect(desk.pops[2]).toEqual(desk.pops[0]);
  });
  test("a flow that can't be opened leaves the softphone what was found", async () => {
    const settings = { ...block.screenPopSettings, SingleMatch: { screenPopType: 'PopToFlow', screenPopData: 'Off' } };
    const desk = new RememberingDesk([maya], { ...delivered, Inbound: { ...block, screenPopSettings: settings } });
    desk.pop = () => Promise.reject(new Error('not active'));
    const answer = await dispatch(desk, 'searchAndScreenPop', search);
    expect(Object.keys(answer.returnValue ?? {})).toEqual([maya.id, 'SCREEN_POP_DATA']);
    expect(await dispatch(desk, 'screenPop', { type: 'flow', params: { flowDevName: 'Off' } })).toMatchObject({
      success: false,
      errors: [{ description: 'not active' }],
    });
  });
  test('a layout that does not pop a single match leaves it to the person', async () => {
    const settings = { ...block.screenPopSettings, SingleMatch: none };
    const desk = new RememberingDesk([maya], { ...delivered, Inbound: { ...block, screenPopSettings: settings } });
    const { returnValue } = await dispatch(desk, 'searchAndScreenPop', search);
    expect(desk.pops).toEqual([]);
    expect(returnValue).not.toHaveProperty('SCREEN_POP_DATA');
  });
  test('a layout that searches on several matches opens the results', async () => {
    const settings = {
      ...block.screenPopSettings,
      MultipleMatches: { screenPopType: 'PopToSearch', screenPopData: null },
    };
    const desk = new RememberingDesk([maya, otto], {
      ...delivered,
      Inbound: { ...block, screenPopSettings: settings },
    });
    await dispatch(desk, 'searchAndScreenPop', search);
    expect(desk.pops).toEqual([{ to: { at: 'search', query: '2065550142' } }]);
  });
});

describe('screenPop', () => {
  test.each([
    ['a record', { type: 'SOBJECT', params: { recordId: maya.id } }, mayasPage],
    [
      'an object home',
      { type: 'objecthome', params: { scope: 'Account' } },
      { to: { at: 'list', object: 'Account', view: 'Recent' } },
    ],
    [
      'a list',
      { type: 'list', params: { scope: 'Case', listViewId: 'All' } },
      { to: { at: 'list', object: 'Case', view: 'All' } },
    ],
    ['a search', { type: 'SEARCH', params: { searchString: 'maya' } }, { to: { at: 'search', query: 'maya' } }],
    ['a page', { type: 'url', params: { url: '/apex/Help?x=1' } }, { to: { at: 'page', url: '/apex/Help?x=1' } }],
    [
      'a flow',
      {
        type: 'FLOW',
        params: {
          flowDevName: 'Intake',
          flowArgs: [
            { name: 'phone', type: 'String', value: '1' },
            { name: 'vip', value: true },
          ],
        },
      },
      {
        flow: 'Intake',
        args: [
          { name: 'phone', type: 'String', value: '1' },
          { name: 'vip', type: 'String', value: true },
        ],
      },
    ],
    ['a record by its short id', { type: 'sobject', params: { recordId: '003000000000001' } }, mayasPage],
    ['a record by its address', { type: 'url', params: { url: '/003000000000001' } }, mayasPage],
    [
      'a new record by its address',
      { type: 'url', params: { url: '/lightning/o/Contact/new?defaultFieldValues=LastName=Ek' } },
      { create: 'Contact', values: { LastName: 'Ek' } },
    ],
    ['a tab by its address', { type: 'url', params: { url: '/lightning/n/Help' } }, { tab: 'Help' }],
    [
      'a flow by its address',
      { type: 'url', params: { url: '/flow/Intake?phone=1' } },
      { to: { at: 'flow', name: 'Intake', args: 'phone=1' } },
    ],
    [
      'a new record',
      { type: 'NEW_RECORD_MODAL', params: { entityName: 'Contact' }, defaultFieldValues: { Phone: '1', Odd: {} } },
      { create: 'Contact', values: { Phone: '1' } },
    ],
  ])('pops %s', async (_, args, pop) => {
    const desk = new RememberingDesk();
    expect((await dispatch(desk, 'screenPop', args)).success).toBe(true);
    expect(desk.pops).toEqual([pop]);
  });
  test.each([
    ['an id that is none', { type: 'sobject', params: { recordId: '../x' } }],
    ['another site', { type: 'url', params: { url: 'https://elsewhere.example/' } }],
    ['a page that the console does not have', { type: 'url', params: { url: '/lightning/cmp/c__x' } }],
    ['a page that no host has', { type: 'url', params: { url: '/nothing/here' } }],
    ['another site without a scheme', { type: 'url', params: { url: '//elsewhere.example/' } }],
    ['a search of two characters', { type: 'search', params: { searchString: 'ma' } }],
    ['a flow without a name', { type: 'flow', params: {} }],
    ['a flow whose name is none', { type: 'flow', params: { flowDevName: '../x' } }],
    ['flow arguments that are no list', { type: 'flow', params: { flowDevName: 'x', flowArgs: { phone: '1' } } }],
    ['a flow argument without a name', { type: 'flow', params: { flowDevName: 'x', flowArgs: [{ value: '1' }] } }],
    [
      'a flow argument that is an object',
      { type: 'flow', params: { flowDevName: 'x', flowArgs: [{ name: 'a', value: {} }] } },
    ],
    ['an unknown type', { type: 'dance', params: {} }],
    ['no params', { type: 'sobject' }],
    ['nothing', {}],
  ])('answers %s with an error', async (_, args) => {
    const desk = new RememberingDesk();
    const answer = await dispatch(desk, 'screenPop', args);
    expect(answer).toMatchObject({ success: false, returnValue: null });
    expect(answer.errors).toHaveLength(1);
    expect(desk.pops).toEqual([]);
  });
});

describe('the panel', () => {
  test.each([
    ['setSoftphonePanelHeight', { heightPX: 400 }, { height: 400 }],
    ['setSoftphonePanelWidth', { widthPX: 1920 }, { width: 1920 }],
    ['setSoftphonePanelVisibility', { visible: true }, { visible: true }],
    ['setSoftphonePanelIcon', { key: 'end_call' }, { icon: 'end_call' }],
    ['setSoftphoneItemIcon', { key: 'call' }, { itemIcon: 'call' }],
    ['setSoftphonePanelLabel', { label: 'Ringing' }, { label: 'Ringing' }],
    ['setSoftphoneItemLabel', { label: 'Ringing' }, { itemLabel: 'Ringing' }],
  ])('%s takes %j', async (method, args, change) => {
    const desk = new RememberingDesk();
    expect(await dispatch(desk, method, args)).toEqual({ success: true, returnValue: null, errors: null });
    expect(desk.changes).toEqual([change]);
  });
  test.each([
    ['setSoftphonePanelHeight', { heightPX: 239 }],
    ['setSoftphonePanelHeight', { heightPX: '400' }],
    ['setSoftphonePanelWidth', { widthPX: 1921 }],
    ['setSoftphonePanelVisibility', { visible: 'yes' }],
    ['setSoftphonePanelIcon', { key: '"><b>' }],
    ['setSoftphoneItemLabel', {}],
    ['dance', {}],
    ['runApex', { apexClass: 'X' }],
    ['hvs.completeWork', {}],
  ])('%s refuses %j', async (method, args) => {
    const desk = new RememberingDesk();
    expect((await dispatch(desk, method, args)).success).toBe(false);
    expect(desk.changes).toEqual([]);
  });
});

test('work of Sales Engagement is completed once, with its task', async () => {
  const desk = new RememberingDesk();
  const work = desk.works.start({ number: '(206) 555-0142', recordName: 'Maya Lindqvist' });
  expect(work).toEqual({ workId: 'work-1', completeWorkWhen: 'TaskSaved', attributes: { to: '(206) 555-0142' } });
  const attributes = { disposition: 'Call Back Later', taskId: '00T000000000001AAA' };
  const complete = (args: Record<string, unknown>) => dispatch(desk, 'hvs.completeWork', args);
  expect((await complete({ attributes: { ...attributes, workId: 'work-1' } })).success).toBe(false);
  expect((await complete({ workId: 'work-2', attributes })).success).toBe(false);
  expect((await complete({ workId: 'work-1', attributes: {} })).success).toBe(false);
  expect((await complete({ workId: 'work-1', attributes })).success).toBe(true);
  expect(desk.saves).toEqual(['The call to Maya Lindqvist is completed: Call Back Later.']);
  expect((await complete({ workId: 'work-1', attributes })).success).toBe(false);
});

test('saveLog creates a task and answers with its id', async () => {
  const desk = new RememberingDesk();
  const answer = await dispatch(desk, 'saveLog', { value: { entityApiName: 'Task', subject: 'Call' } });
  expect(answer.returnValue).toEqual({ recordId: '00T000000000001AAA' });
  expect(desk.saves).toEqual([['Task', '', { subject: 'Call' }]]);
  expect((await dispatch(desk, 'saveLog', { value: { subject: 'Call' } })).success).toBe(false);
});

test('click-to-dial is off until it is enabled', async () => {
  const desk = new RememberingDesk();
  await dispatch(desk, 'enableClickToDial', {});
  expect(desk.clickToDial).toBe(true);
  await dispatch(desk, 'disableClickToDial', {});
  expect(desk.clickToDial).toBe(false);
});
