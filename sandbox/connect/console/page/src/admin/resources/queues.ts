import { list, object, text } from '../../decode.ts';
import { chosen, difference, num, str } from '../../form.ts';
import { hours, phoneNumber, type Queue, queue, quickConnect } from '../../wire.ts';
import { labelOf, options, type Resource } from '../resource.ts';

const quick = object({ QuickConnectSummaryList: list(object({ Id: text })) });

export const queues: Resource<Queue> = {
  page: 'queues',
  title: 'Queues',
  singular: 'queue',
  addLabel: 'Add queue',
  view: 'Queues.View',
  create: 'Queues.Create',
  edit: 'Queues.Edit',
  remove: 'Queues.Delete',
  columns: [
    { label: 'Name', show: (q) => q.Name },
    { label: 'Description', show: (q) => q.Description },
    { label: 'Hours of operation', show: (q, known) => labelOf(known.hours, q.HoursOfOperationId) },
    {
      label: 'Outbound caller ID',
      show: (q, known) => labelOf(known.numbers, q.OutboundCallerConfig.OutboundCallerIdNumberId),
    },
    { label: 'Maximum contacts', show: (q) => (q.MaxContacts === 0 ? 'No limit' : String(q.MaxContacts)) },
    { label: 'Status', show: (q) => (q.Status === 'ENABLED' ? 'Enabled' : 'Disabled') },
  ],
  id: (q) => q.QueueId,
  name: (q) => q.Name,
  load: (api) => api.search('/search-queues', 'Queues', queue),
  known: async (api) => ({
    hours: await options(
      api.search('/search-hours-of-operations', 'HoursOfOperations', hours),
      (h) => h.HoursOfOperationId,
      (h) => h.Name,
    ),
    numbers: await options(
      api.search('/phone-number/list', 'ListPhoneNumbersSummaryList', phoneNumber),
      (n) => n.PhoneNumberId,
      (n) => n.PhoneNumber,
    ),
    quick: await options(
      api.search('/search-quick-connects', 'QuickConnects', quickConnect),
      (k) => k.QuickConnectId,
      (k) => k.Name,
    ),
  }),
  fields: (known, item) => [
    { name: 'Name', label: 'Name', kind: 'text', required: true },
    { name: 'Description', label: 'Description', kind: 'textarea' },
    {
      name: 'HoursOfOperationId',
      label: 'Hours of operation',
      kind: 'select',
      required: true,
      options: known.hours ?? [],
    },
    { name: 'OutboundCallerIdName', label: 'Outbound caller ID name', kind: 'text' },
    {
      name: 'OutboundCallerIdNumberId',
      label: 'Outbound caller ID number',
      kind: 'select',
      options: known.numbers ?? [],
    },
    { name: 'MaxContacts', label: 'Maximum contacts in queue', kind: 'number', help: 'Empty is no limit.' },
    { name: 'QuickConnectIds', label: 'Quick connects', kind: 'checks', options: known.quick ?? [] },
    ...(item === null
      ? []
      : [
          {
            name: 'Status',
            label: 'Status',
            kind: 'select',
            required: true,
            options: [
              { value: 'ENABLED', label: 'Enabled' },
              { value: 'DISABLED', label: 'Disabled' },
            ],
          } as const,
        ]),
  ],
  values: async (q, known, api) => ({
    Name: q?.Name ?? '',
    Description: q?.Description ?? '',
    HoursOfOperationId: q?.HoursOfOperationId ?? known.hours?.[0]?.value ?? '',
    OutboundCallerIdName: q?.OutboundCallerConfig.OutboundCallerIdName ?? '',
    OutboundCallerIdNumberId: q?.OutboundCallerConfig.OutboundCallerIdNumberId ?? known.numbers?.[0]?.value ?? '',
    MaxContacts: q && q.MaxContacts > 0 ? String(q.MaxContacts) : '',
    QuickConnectIds:
      q === null
        ? []
        : (
            await api.op('GET', `/queues/{I}/${encodeURIComponent(q.QueueId)}/quick-connects`, quick)
          ).QuickConnectSummaryList.map((k) => k.Id),
    Status: q?.Status ?? 'ENABLED',
  }),
  save: async (api, v, item) => {
    const caller = {
      OutboundCallerIdName: str(v, 'OutboundCallerIdName'),
      OutboundCallerIdNumberId: str(v, 'OutboundCallerIdNumberId'),
    };
    const most = num(v, 'MaxContacts');
    const limit = most > 0 ? { MaxContacts: most } : {};
    const base = { Name: str(v, 'Name'), Description: str(v, 'Description') };
    const open = { HoursOfOperationId: str(v, 'HoursOfOperationId') };
    const ids = chosen(v, 'QuickConnectIds');
    if (item === null) {
      await api.send('PUT', '/queues/{I}', {
        ...base,
        ...open,
        ...limit,
        OutboundCallerConfig: caller,
        QuickConnectIds: ids,
      });
      return;
    }
    const at = `/queues/{I}/${encodeURIComponent(item.QueueId)}`;
    const now = (await api.op('GET', `${at}/quick-connects`, quick)).QuickConnectSummaryList.map((k) => k.Id);
    const { added, removed } = difference(now, ids);
    await api.send('POST', `${at}/name`, base);
    await api.send('POST', `${at}/hours-of-operation`, open);
    await api.send('POST', `${at}/max-contacts`, limit);
    await api.send('POST', `${at}/outbound-caller-config`, { OutboundCallerConfig: caller });
    if (added.length > 0) await api.send('POST', `${at}/associate-quick-connects`, { QuickConnectIds: added });
    if (removed.length > 0) await api.send('POST', `${at}/disassociate-quick-connects`, { QuickConnectIds: removed });
    if (str(v, 'Status') !== item.Status) await api.send('POST', `${at}/status`, { Status: str(v, 'Status') });
  },
  drop: (api, q) => api.send('DELETE', `/queues/{I}/${encodeURIComponent(q.QueueId)}`),
};
