// Runs the unmodified jsforce against set-up data of a CRM that has the package: jsforce-org.mjs URL USERNAME PASSWORD. Prints one JSON object.
import jsforce from 'jsforce';

const [url, username, password] = process.argv.slice(2);
const conn = new jsforce.Connection({ loginUrl: url, version: '67.0' });
await conn.login(username, password);
const out = {};

const all = await conn.describeGlobal();
out.objects = all.sobjects.filter((o) => o.name.startsWith('AC_')).length;
const flow = await conn.sobject('AC_CtiScript__c').describe();
const event = flow.fields.find((f) => f.name === 'Event__c');
const source = flow.fields.find((f) => f.name === 'Source__c');
out.controller = event.controllerName;
const bits = Buffer.from(event.picklistValues.find((v) => v.value === 'onClickToDial').validFor, 'base64');
out.validFor = source.picklistValues.filter((_, i) => bits[i >> 3] & (0x80 >> (i & 7))).map((v) => v.value).join();
out.children = flow.childRelationships.map((c) => c.childSObject).join();

const adapter = await conn.sobject('AC_CtiAdapter__c').findOne({}, 'Id, Name, (SELECT Name, Source__c FROM CTI_Flows__r ORDER BY Name)');
out.adapter = adapter.Name;
out.flows = adapter.CTI_Flows__r.records.length;
const made = await conn.sobject('AC_Feature__c').create([
  { Name: 'MiniAdapterMessage', Value__c: 'Hello', CTI_Adapter__c: adapter.Id },
  { Name: 'No adapter' },
]);
out.created = made.map((m) => m.success).join();
out.parent = (await conn.query(`SELECT Name, CTI_Adapter__r.Name FROM AC_Feature__c WHERE Id = '${made[0].id}'`)).records[0].CTI_Adapter__r.Name;
const upserted = await conn.sobject('AC_ContactChannels__c').upsert({ ContactId__c: 'jsforce-1', Channel__c: 'VOICE' }, 'ContactId__c');
await conn.sobject('AC_ContactChannels__c').upsert({ ContactId__c: 'jsforce-1', Channel__c: 'CHAT' }, 'ContactId__c');
out.upserted = (await conn.query("SELECT Channel__c FROM AC_ContactChannels__c WHERE ContactId__c = 'jsforce-1'")).records.map((r) => r.Channel__c).join();
out.id = upserted.success;

const loaded = await conn.bulk2.loadAndWaitForResults({
  object: 'Contact',
  operation: 'insert',
  input: [
    { FirstName: 'Ann', LastName: 'Bulk One' },
    { FirstName: 'Ben', LastName: 'Bulk Two' },
    { FirstName: 'Nobody', LastName: '' },
  ],
  pollInterval: 50,
  pollTimeout: 10000,
});
out.loaded = `${loaded.successfulResults.length},${loaded.failedResults.length}`;
const bulk = await (await conn.bulk2.query("SELECT Id, LastName FROM Contact WHERE LastName LIKE 'Bulk%' ORDER BY LastName", { pollInterval: 50 })).toArray();
out.bulk = bulk.map((r) => r.LastName).join();

const fields = await conn.tooling.query("SELECT DeveloperName FROM CustomField WHERE EntityDefinition.QualifiedApiName = 'AC_Feature__c' ORDER BY DeveloperName");
out.tooling = fields.records.map((r) => r.DeveloperName).join();

const read = await conn.metadata.read('PermissionSet', ['AC_Agent']);
out.read = read[0]?.label ?? read.label;
const types = await conn.metadata.describe('67.0');
out.types = types.metadataObjects.some((t) => t.xmlName === 'CallCenter' && t.suffix === 'callCenter');
const listed = await conn.metadata.list([{ type: 'CustomTab' }], '67.0');
out.tabs = listed.length;
const saved = await conn.metadata.upsert('CustomObject', {
  fullName: 'Ride__c',
  label: 'Ride',
  pluralLabel: 'Rides',
  nameField: { type: 'Text', label: 'Ride' },
  deploymentStatus: 'Deployed',
  sharingModel: 'ReadWrite',
});
out.saved = (Array.isArray(saved) ? saved[0] : saved).success;
const removed = await conn.metadata.delete('CustomObject', ['Ride__c']);
out.removed = (Array.isArray(removed) ? removed[0] : removed).success;
const place = { locationX: 0, locationY: 0 };
const [screenFlow] = [
  await conn.metadata.upsert('Flow', {
    fullName: 'Hello',
    label: 'Hello',
    processType: 'Flow',
    status: 'Active',
    start: { ...place, connector: { targetReference: 'Hi' } },
    screens: [{ name: 'Hi', label: 'Hi', ...place, fields: [{ name: 'text', fieldText: 'Hello', fieldType: 'DisplayText' }] }],
  }),
].flat();
const views = await conn.query("SELECT Label, ProcessType FROM FlowDefinitionView WHERE ApiName = 'Hello' AND IsActive = true");
const versions = await conn.tooling.query("SELECT Status FROM Flow WHERE Definition.DeveloperName = 'Hello'");
const [undeletable] = [await conn.metadata.delete('Flow', ['Hello'])].flat();
out.screenFlow = [screenFlow.success, views.records[0]?.ProcessType, versions.records[0]?.Status, undeletable.success].join();
const identity = await conn.identity();
out.identity = identity.username;
console.log(JSON.stringify(out));
