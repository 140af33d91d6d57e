import { list, object, text } from '../../decode.ts';
import { chosen, str } from '../../form.ts';
import { type SecurityProfile, securityProfile } from '../../wire.ts';
import type { Resource } from '../resource.ts';

/** Security profiles; `all` are the permissions that there are. */
export const securityProfiles = (all: string[]): Resource<SecurityProfile> => ({
  page: 'security-profiles',
  title: 'Security profiles',
  singular: 'security profile',
  addLabel: 'Add new security profile',
  view: 'SecurityProfiles.View',
  create: 'SecurityProfiles.Create',
  edit: 'SecurityProfiles.Edit',
  remove: 'SecurityProfiles.Delete',
  wide: true,
  columns: [
    { label: 'Name', show: (p) => p.SecurityProfileName },
    { label: 'Description', show: (p) => p.Description },
  ],
  id: (p) => p.Id,
  name: (p) => p.SecurityProfileName,
  load: (api) => api.search('/search-security-profiles', 'SecurityProfiles', securityProfile),
  known: async () => ({}),
  fields: (_, item) => [
    { name: 'SecurityProfileName', label: 'Name', kind: 'text', required: true, readOnly: item !== null },
    { name: 'Description', label: 'Description', kind: 'textarea' },
    { name: 'Permissions', label: 'Permissions', kind: 'checks', options: all.map((p) => ({ value: p, label: p })) },
  ],
  values: async (p, _, api) => ({
    SecurityProfileName: p?.SecurityProfileName ?? '',
    Description: p?.Description ?? '',
    Permissions:
      p === null
        ? []
        : (
            await api.op(
              'GET',
              `/security-profiles-permissions/{I}/${encodeURIComponent(p.Id)}`,
              object({ Permissions: list(text) }),
            )
          ).Permissions,
  }),
  save: (api, v, item) => {
    const body = { Description: str(v, 'Description'), Permissions: chosen(v, 'Permissions') };
    return item === null
      ? api.send('PUT', '/security-profiles/{I}', { ...body, SecurityProfileName: str(v, 'SecurityProfileName') })
      : api.send('POST', `/security-profiles/{I}/${encodeURIComponent(item.Id)}`, body);
  },
  drop: (api, p) => api.send('DELETE', `/security-profiles/{I}/${encodeURIComponent(p.Id)}`),
});
