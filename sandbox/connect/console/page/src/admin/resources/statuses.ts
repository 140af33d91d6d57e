import { num, str } from '../../form.ts';
import { type Status, status } from '../../wire.ts';
import type { Resource } from '../resource.ts';

const types: Record<string, string> = { ROUTABLE: 'Routable', OFFLINE: 'Offline', CUSTOM: 'Custom' };

export const statuses: Resource<Status> = {
  page: 'agent-status',
  title: 'Manage agent status',
  singular: 'agent status',
  addLabel: 'Add new agent status',
  view: 'AgentStates.View',
  create: 'AgentStates.Create',
  edit: 'AgentStates.Edit',
  remove: null,
  columns: [
    { label: 'Status name', show: (s) => s.Name },
    { label: 'Description', show: (s) => s.Description },
    { label: 'Type', show: (s) => types[s.Type] ?? s.Type },
    { label: 'Order', show: (s) => (s.DisplayOrder === 0 ? '' : String(s.DisplayOrder)) },
    { label: 'Enabled', show: (s) => (s.State === 'ENABLED' ? 'Yes' : 'No') },
  ],
  id: (s) => s.AgentStatusId,
  name: (s) => s.Name,
  load: (api) => api.search('/search-agent-statuses', 'AgentStatuses', status),
  known: async () => ({}),
  fields: (_, item) => [
    { name: 'Name', label: 'Status name', kind: 'text', required: true },
    { name: 'Description', label: 'Description', kind: 'textarea' },
    { name: 'DisplayOrder', label: 'Order', kind: 'number', help: 'Where agents see it in their list; empty is last.' },
    {
      name: 'State',
      label: 'State',
      kind: 'select',
      required: true,
      readOnly: item !== null && item.Type !== 'CUSTOM',
      options: [
        { value: 'ENABLED', label: 'Enabled in the Contact Control Panel' },
        { value: 'DISABLED', label: 'Disabled' },
      ],
    },
  ],
  values: async (s) => ({
    Name: s?.Name ?? '',
    Description: s?.Description ?? '',
    DisplayOrder: s && s.DisplayOrder > 0 ? String(s.DisplayOrder) : '',
    State: s?.State ?? 'ENABLED',
  }),
  save: (api, v, item) => {
    const order = num(v, 'DisplayOrder');
    const body = {
      Name: str(v, 'Name'),
      Description: str(v, 'Description'),
      State: str(v, 'State'),
      ...(order > 0 ? { DisplayOrder: order } : item === null ? {} : { ResetOrderNumber: true }),
    };
    return item === null
      ? api.send('PUT', '/agent-status/{I}', body)
      : api.send('POST', `/agent-status/{I}/${encodeURIComponent(item.AgentStatusId)}`, body);
  },
};
