import { list, object } from '../../decode.ts';
import { rows, str, type Values } from '../../form.ts';
import { profileQueue, queue, type RoutingProfile, routingProfile } from '../../wire.ts';
import { labelOf, options, type Resource } from '../resource.ts';

const config = (r: Record<string, string>) => ({
  QueueReference: { QueueId: r.queue ?? '', Channel: r.channel ?? '' },
  Priority: Number(r.priority),
  Delay: Number(r.delay),
});
const key = (r: Record<string, string>) => `${r.queue} ${r.channel}`;
const concurrency = (v: Values) =>
  ['VOICE', 'CHAT', 'TASK']
    .filter((channel) => str(v, channel) !== '')
    .map((channel) => ({ Channel: channel, Concurrency: Number(str(v, channel)) }));

const ofProfile = object({ RoutingProfileQueueConfigSummaryList: list(profileQueue) });

export const routingProfiles: Resource<RoutingProfile> = {
  page: 'routing-profiles',
  title: 'Routing profiles',
  singular: 'routing profile',
  addLabel: 'Add routing profile',
  view: 'RoutingPolicies.View',
  create: 'RoutingPolicies.Create',
  edit: 'RoutingPolicies.Edit',
  remove: 'RoutingPolicies.Delete',
  wide: true,
  columns: [
    { label: 'Name', show: (p) => p.Name },
    { label: 'Description', show: (p) => p.Description },
    {
      label: 'Channels',
      show: (p) => p.MediaConcurrencies.map((c) => `${c.Channel} ${c.Concurrency}`).join(', '),
    },
    { label: 'Queues', show: (p) => String(p.NumberOfAssociatedQueues) },
    { label: 'Default outbound queue', show: (p, known) => labelOf(known.queues, p.DefaultOutboundQueueId) },
    { label: 'Users', show: (p) => String(p.NumberOfAssociatedUsers) },
  ],
  id: (p) => p.RoutingProfileId,
  name: (p) => p.Name,
  load: (api) => api.search('/search-routing-profiles', 'RoutingProfiles', routingProfile),
  known: async (api) => ({
    queues: await options(
      api.search('/search-queues', 'Queues', queue),
      (q) => q.QueueId,
      (q) => q.Name,
    ),
  }),
  fields: (known) => [
    { name: 'Name', label: 'Name', kind: 'text', required: true },
    { name: 'Description', label: 'Description', kind: 'textarea', required: true },
    { name: 'VOICE', label: 'Voice: contacts at once', kind: 'number', help: '0 or 1; empty leaves the channel out.' },
    { name: 'CHAT', label: 'Chat: contacts at once', kind: 'number', help: '1 to 10; empty leaves the channel out.' },
    { name: 'TASK', label: 'Task: contacts at once', kind: 'number', help: '1 to 10; empty leaves the channel out.' },
    {
      name: 'QueueConfigs',
      label: 'Queues: queue, channel, priority, delay in seconds',
      kind: 'rows',
      addLabel: 'Add queue',
      blank: { queue: '', channel: 'VOICE', priority: '1', delay: '0' },
      columns: [
        { name: 'queue', label: 'Queue', options: known.queues ?? [] },
        {
          name: 'channel',
          label: 'Channel',
          options: ['VOICE', 'CHAT', 'TASK'].map((c) => ({ value: c, label: c })),
        },
        { name: 'priority', label: 'Priority', type: 'number' },
        { name: 'delay', label: 'Delay', type: 'number' },
      ],
    },
    {
      name: 'DefaultOutboundQueueId',
      label: 'Default outbound queue',
      kind: 'select',
      required: true,
      options: known.queues ?? [],
    },
  ],
  values: async (p, known, api) => {
    const queues =
      p === null
        ? []
        : (await api.op('GET', `/routing-profiles/{I}/${encodeURIComponent(p.RoutingProfileId)}/queues`, ofProfile))
            .RoutingProfileQueueConfigSummaryList;
    const most = (channel: string) =>
      String(p?.MediaConcurrencies.find((c) => c.Channel === channel)?.Concurrency ?? '');
    return {
      Name: p?.Name ?? '',
      Description: p?.Description ?? '',
      VOICE: p === null ? '1' : most('VOICE'),
      CHAT: most('CHAT'),
      TASK: most('TASK'),
      QueueConfigs: queues.map((q) => ({
        queue: q.QueueId,
        channel: q.Channel,
        priority: String(q.Priority),
        delay: String(q.Delay),
      })),
      DefaultOutboundQueueId: p?.DefaultOutboundQueueId ?? known.queues?.[0]?.value ?? '',
    };
  },
  save: async (api, v, item) => {
    const wanted = rows(v, 'QueueConfigs');
    const base = { Name: str(v, 'Name'), Description: str(v, 'Description') };
    const outbound = { DefaultOutboundQueueId: str(v, 'DefaultOutboundQueueId') };
    if (item === null) {
      const body = { ...base, ...outbound, MediaConcurrencies: concurrency(v), QueueConfigs: wanted.map(config) };
      await api.send('PUT', '/routing-profiles/{I}', body);
      return;
    }
    const at = `/routing-profiles/{I}/${encodeURIComponent(item.RoutingProfileId)}`;
    const now = (await api.op('GET', `${at}/queues`, ofProfile)).RoutingProfileQueueConfigSummaryList.map((q) => ({
      queue: q.QueueId,
      channel: q.Channel,
    }));
    const gone = now.filter((q) => !wanted.some((w) => key(w) === key(q)));
    const added = wanted.filter((w) => !now.some((q) => key(w) === key(q)));
    const kept = wanted.filter((w) => now.some((q) => key(w) === key(q)));
    await api.send('POST', `${at}/name`, base);
    if (gone.length > 0)
      await api.send('POST', `${at}/disassociate-queues`, {
        QueueReferences: gone.map((q) => ({ QueueId: q.queue, Channel: q.channel })),
      });
    await api.send('POST', `${at}/concurrency`, { MediaConcurrencies: concurrency(v) });
    if (added.length > 0) await api.send('POST', `${at}/associate-queues`, { QueueConfigs: added.map(config) });
    if (kept.length > 0) await api.send('POST', `${at}/queues`, { QueueConfigs: kept.map(config) });
    await api.send('POST', `${at}/default-outbound-queue`, outbound);
  },
  drop: (api, p) => api.send('DELETE', `/routing-profiles/{I}/${encodeURIComponent(p.RoutingProfileId)}`),
};
