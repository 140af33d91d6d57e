// Runs the unmodified jsforce against Omni-Channel's configuration and records: jsforce-omni.mjs URL USERNAME PASSWORD. Prints one JSON object.
import jsforce from 'jsforce';

const [url, username, password] = process.argv.slice(2);
const conn = new jsforce.Connection({ loginUrl: url, version: '67.0' });
await conn.login(username, password);
const out = {};

/** The result of one component, or of a record. */
const one = (result) => [result].flat()[0];
const upsert = async (type, component) => one(await conn.metadata.upsert(type, component)).success;
const refusal = (work) => work.then(() => 'none', (e) => e.errorCode);
const found = async (soql) => (await conn.query(soql)).records;

await upsert('OmniChannelSettings', { fullName: 'OmniChannel', enableOmniChannel: true });
out.settings = String(one(await conn.metadata.read('OmniChannelSettings', ['OmniChannel'])).enableOmniChannel);
out.upserted = [
  await upsert('ServiceChannel', { fullName: 'Prospects', label: 'Prospects', relatedEntityType: 'Lead' }),
  await upsert('ServicePresenceStatus', { fullName: 'Hunting', label: 'Hunting', channels: { channel: ['Prospects'] } }),
  await upsert('PresenceUserConfig', { fullName: 'Hunters', label: 'Hunters', capacity: 3, assignments: { users: { user: [username] } } }),
  await upsert('QueueRoutingConfig', { fullName: 'Hunt', label: 'Hunt', capacityWeight: 1, routingModel: 'LEAST_ACTIVE', routingPriority: 1 }),
  await upsert('Queue', {
    fullName: 'Hunt',
    name: 'Hunt',
    queueMembers: { users: { user: [username] } },
    queueRoutingConfig: 'Hunt',
    queueSobject: [{ sobjectType: 'Lead' }],
  }),
  await upsert('LightningMessageChannel', { fullName: 'Hunt', masterLabel: 'Hunt', isExposed: true }),
].join();
out.read = [
  one(await conn.metadata.read('ServicePresenceStatus', ['Hunting'])).channels.channel,
  one(await conn.metadata.read('Queue', ['Hunt'])).queueMembers.users.user,
  one(await conn.metadata.read('AuraDefinitionBundle', ['AC_Desk'])).apiVersion,
].join();
const [member] = await found("SELECT Id, Group.DeveloperName, UserOrGroupId FROM GroupMember WHERE Group.DeveloperName = 'Hunt'");
const [queued] = await found("SELECT SobjectType, Queue.Name FROM QueueSobject WHERE Queue.DeveloperName = 'Hunt'");
out.queue = `${member.Group.DeveloperName},${queued.SobjectType},${queued.Queue.Name}`;
const [status] = await found("SELECT Id FROM ServicePresenceStatus WHERE DeveloperName = 'Hunting'");
const channels = await found(`SELECT ServiceChannel.DeveloperName FROM ServiceChannelStatus WHERE ServicePresenceStatusId = '${status.Id}'`);
out.channels = channels.map((c) => c.ServiceChannel.DeveloperName).join();
const presence = await conn.sobject('UserServicePresence').describe();
const work = await conn.sobject('AgentWork').describe();
out.described = [presence.keyPrefix, presence.createable, presence.deletable, work.keyPrefix, work.queryable].join();
out.refused = [
  await refusal(conn.sobject('UserServicePresence').create({ UserId: member.UserOrGroupId, ServicePresenceStatusId: status.Id })),
  await refusal(conn.sobject('GroupMember').update({ Id: member.Id, UserOrGroupId: member.UserOrGroupId })),
  one(await conn.metadata.delete('ServiceChannel', ['Prospects'])).errors[0].statusCode,
  one(await conn.metadata.upsert('ServicePresenceStatus', { fullName: 'Tea', label: 'Tea', channels: { channel: ['Nope'] } })).errors[0].statusCode,
].join();
const gone = [];
for (const [type, name] of [
  ['Queue', 'Hunt'],
  ['QueueRoutingConfig', 'Hunt'],
  ['PresenceUserConfig', 'Hunters'],
  ['ServicePresenceStatus', 'Hunting'],
  ['ServiceChannel', 'Prospects'],
  ['LightningMessageChannel', 'Hunt'],
])
  gone.push(one(await conn.metadata.delete(type, [name])).success);
out.removed = gone.join();
console.log(JSON.stringify(out));
