import { str, type Values } from '../../form.ts';
import { flow, type QuickConnect, queue, quickConnect, user } from '../../wire.ts';
import { labelOf, options, type Resource } from '../resource.ts';

const types = [
  { value: 'USER', label: 'Agent' },
  { value: 'QUEUE', label: 'Queue' },
  { value: 'PHONE_NUMBER', label: 'External' },
];

function config(v: Values) {
  const type = str(v, 'QuickConnectType');
  switch (type) {
    case 'USER':
      return {
        QuickConnectType: type,
        UserConfig: { UserId: str(v, 'UserId'), ContactFlowId: str(v, 'UserFlowId') },
      };
    case 'QUEUE':
      return {
        QuickConnectType: type,
        QueueConfig: { QueueId: str(v, 'QueueId'), ContactFlowId: str(v, 'QueueFlowId') },
      };
    default:
      return { QuickConnectType: type, PhoneConfig: { PhoneNumber: str(v, 'PhoneNumber') } };
  }
}

export const quickConnects: Resource<QuickConnect> = {
  page: 'quick-connects',
  title: 'Quick connects',
  singular: 'quick connect',
  addLabel: 'Add a quick connect',
  view: 'TransferDestinations.View',
  create: 'TransferDestinations.Create',
  edit: 'TransferDestinations.Edit',
  remove: 'TransferDestinations.Delete',
  columns: [
    { label: 'Name', show: (k) => k.Name },
    { label: 'Type', show: (k) => labelOf(types, k.QuickConnectConfig.QuickConnectType) },
    {
      label: 'Destination',
      show: ({ QuickConnectConfig: c }, known) =>
        c.PhoneConfig.PhoneNumber ||
        labelOf(known.users, c.UserConfig.UserId) ||
        labelOf(known.queues, c.QueueConfig.QueueId),
    },
    { label: 'Description', show: (k) => k.Description },
  ],
  id: (k) => k.QuickConnectId,
  name: (k) => k.Name,
  load: (api) => api.search('/search-quick-connects', 'QuickConnects', quickConnect),
  known: async (api) => {
    const all = await api.search('/search-contact-flows', 'ContactFlows', flow).catch(() => []);
    const ofType = (type: string) => all.filter((f) => f.Type === type).map((f) => ({ value: f.Id, label: f.Name }));
    return {
      users: await options(
        api.search('/search-users', 'Users', user),
        (u) => u.Id,
        (u) => u.Username,
      ),
      queues: await options(
        api.search('/search-queues', 'Queues', queue),
        (q) => q.QueueId,
        (q) => q.Name,
      ),
      agentFlows: ofType('AGENT_TRANSFER'),
      queueFlows: ofType('QUEUE_TRANSFER'),
    };
  },
  fields: (known) => {
    const user = { field: 'QuickConnectType', is: 'USER' };
    const queue = { field: 'QuickConnectType', is: 'QUEUE' };
    return [
      { name: 'Name', label: 'Name', kind: 'text', required: true },
      { name: 'Description', label: 'Description', kind: 'textarea' },
      { name: 'QuickConnectType', label: 'Type', kind: 'select', required: true, options: types },
      {
        name: 'PhoneNumber',
        label: 'Destination number',
        kind: 'text',
        required: true,
        help: 'In E.164, such as +12065550142.',
        when: { field: 'QuickConnectType', is: 'PHONE_NUMBER' },
      },
      { name: 'UserId', label: 'Agent', kind: 'select', required: true, options: known.users ?? [], when: user },
      {
        name: 'UserFlowId',
        label: 'Agent transfer flow',
        kind: 'select',
        required: true,
        options: known.agentFlows ?? [],
        when: user,
      },
      { name: 'QueueId', label: 'Queue', kind: 'select', required: true, options: known.queues ?? [], when: queue },
      {
        name: 'QueueFlowId',
        label: 'Queue transfer flow',
        kind: 'select',
        required: true,
        options: known.queueFlows ?? [],
        when: queue,
      },
    ];
  },
  values: async (k, known) => ({
    Name: k?.Name ?? '',
    Description: k?.Description ?? '',
    QuickConnectType: k?.QuickConnectConfig.QuickConnectType ?? 'PHONE_NUMBER',
    PhoneNumber: k?.QuickConnectConfig.PhoneConfig.PhoneNumber ?? '',
    UserId: k?.QuickConnectConfig.UserConfig.UserId ?? '',
    UserFlowId: k?.QuickConnectConfig.UserConfig.ContactFlowId || (known.agentFlows?.[0]?.value ?? ''),
    QueueId: k?.QuickConnectConfig.QueueConfig.QueueId ?? '',
    QueueFlowId: k?.QuickConnectConfig.QueueConfig.ContactFlowId || (known.queueFlows?.[0]?.value ?? ''),
  }),
  save: async (api, v, item) => {
    const base = { Name: str(v, 'Name'), Description: str(v, 'Description') };
    if (item === null) {
      await api.send('PUT', '/quick-connects/{I}', { ...base, QuickConnectConfig: config(v) });
      return;
    }
    const at = `/quick-connects/{I}/${encodeURIComponent(item.QuickConnectId)}`;
    await api.send('POST', `${at}/config`, { QuickConnectConfig: config(v) });
    await api.send('POST', `${at}/name`, base);
  },
  drop: (api, k) => api.send('DELETE', `/quick-connects/{I}/${encodeURIComponent(k.QuickConnectId)}`),
};
