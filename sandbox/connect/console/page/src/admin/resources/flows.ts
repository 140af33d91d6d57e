import { str } from '../../form.ts';
import { type Flow, flow } from '../../wire.ts';
import type { Resource } from '../resource.ts';

const types = [
  'CONTACT_FLOW',
  'CUSTOMER_QUEUE',
  'CUSTOMER_HOLD',
  'CUSTOMER_WHISPER',
  'AGENT_HOLD',
  'AGENT_WHISPER',
  'OUTBOUND_WHISPER',
  'AGENT_TRANSFER',
  'QUEUE_TRANSFER',
];

const blank = `{
  "Version": "2019-10-30",
  "StartAction": "end",
  "Metadata": {},
  "Actions": [
    { "Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {} }
  ]
}
`;

export const flows: Resource<Flow> = {
  page: 'contact-flows',
  title: 'Contact flows',
  singular: 'contact flow',
  addLabel: 'Create contact flow',
  view: 'ContactFlows.View',
  create: 'ContactFlows.Create',
  edit: 'ContactFlows.Edit',
  remove: 'ContactFlows.Delete',
  wide: true,
  columns: [
    { label: 'Name', show: (f) => f.Name },
    { label: 'Type', show: (f) => f.Type },
    { label: 'Description', show: (f) => f.Description },
    { label: 'Status', show: (f) => (f.Status === 'PUBLISHED' ? 'Published' : 'Saved') },
  ],
  id: (f) => f.Id,
  name: (f) => f.Name,
  load: (api) => api.search('/search-contact-flows', 'ContactFlows', flow),
  known: async () => ({}),
  fields: (_, item) => [
    { name: 'Name', label: 'Name', kind: 'text', required: true },
    {
      name: 'Type',
      label: 'Type',
      kind: 'select',
      required: true,
      readOnly: item !== null,
      options: types.map((t) => ({ value: t, label: t })),
    },
    { name: 'Description', label: 'Description', kind: 'textarea' },
    {
      name: 'Content',
      label: 'Content',
      kind: 'code',
      required: true,
      help: 'The flow language, version 2019-10-30, as JSON. It is checked when you save, and then published.',
    },
  ],
  values: async (f) => ({
    Name: f?.Name ?? '',
    Type: f?.Type ?? 'CONTACT_FLOW',
    Description: f?.Description ?? '',
    Content: f?.Content ?? blank,
  }),
  save: async (api, v, item) => {
    const base = { Name: str(v, 'Name'), Description: str(v, 'Description') };
    if (item === null) {
      await api.send('PUT', '/contact-flows/{I}', { ...base, Type: str(v, 'Type'), Content: str(v, 'Content') });
      return;
    }
    const at = `/contact-flows/{I}/${encodeURIComponent(item.Id)}`;
    await api.send('POST', `${at}/content`, { Content: str(v, 'Content') });
    await api.send('POST', `${at}/name`, base);
  },
  drop: (api, f) => api.send('DELETE', `/contact-flows/{I}/${encodeURIComponent(f.Id)}`),
};
