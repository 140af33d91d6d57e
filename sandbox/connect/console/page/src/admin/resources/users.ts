import { chosen, num, on, str } from '../../form.ts';
import { routingProfile, securityProfile, type User, user } from '../../wire.ts';
import { labelOf, options, type Resource } from '../resource.ts';

const identity = (v: Parameters<typeof str>[0]) => ({
  FirstName: str(v, 'FirstName'),
  LastName: str(v, 'LastName'),
  Email: str(v, 'Email'),
});
const phone = (v: Parameters<typeof str>[0]) => ({
  PhoneType: str(v, 'PhoneType'),
  AutoAccept: on(v, 'AutoAccept'),
  AfterContactWorkTimeLimit: num(v, 'AfterContactWorkTimeLimit'),
  ...(str(v, 'PhoneType') === 'DESK_PHONE' ? { DeskPhoneNumber: str(v, 'DeskPhoneNumber') } : {}),
});
const passwordRule =
  '8 to 64 characters, among them an upper-case letter, a lower-case letter and a digit, and no spaces.';

export const users: Resource<User> = {
  page: 'users',
  title: 'Users management',
  singular: 'user',
  addLabel: 'Add new user',
  view: 'Users.View',
  create: 'Users.Create',
  edit: 'Users.Edit',
  remove: 'Users.Delete',
  columns: [
    { label: 'Login name', show: (u) => u.Username },
    { label: 'Name', show: (u) => `${u.IdentityInfo.FirstName} ${u.IdentityInfo.LastName}` },
    {
      label: 'Security profiles',
      show: (u, known) => u.SecurityProfileIds.map((id) => labelOf(known.security, id)).join(', '),
    },
    { label: 'Routing profile', show: (u, known) => labelOf(known.routing, u.RoutingProfileId) },
    {
      label: 'After contact work',
      show: ({ PhoneConfig: { AfterContactWorkTimeLimit: s } }) => (s === 0 ? 'No limit' : `${s} s`),
    },
  ],
  id: (u) => u.Id,
  name: (u) => u.Username,
  load: (api) => api.search('/search-users', 'Users', user),
  known: async (api) => ({
    security: await options(
      api.search('/search-security-profiles', 'SecurityProfiles', securityProfile),
      (p) => p.Id,
      (p) => p.SecurityProfileName,
    ),
    routing: await options(
      api.search('/search-routing-profiles', 'RoutingProfiles', routingProfile),
      (p) => p.RoutingProfileId,
      (p) => p.Name,
    ),
  }),
  fields: (known, item) => [
    { name: 'FirstName', label: 'First name', kind: 'text', required: true },
    { name: 'LastName', label: 'Last name', kind: 'text', required: true },
    {
      name: 'Username',
      label: 'Login name',
      kind: 'text',
      required: true,
      readOnly: item !== null,
      help: item === null ? 'Up to 20 letters, digits and the characters _ - . @' : 'A login name cannot be changed.',
    },
    { name: 'Email', label: 'Email address', kind: 'text' },
    ...(item === null
      ? [{ name: 'Password', label: 'Password', kind: 'password', required: true, help: passwordRule } as const]
      : []),
    {
      name: 'RoutingProfileId',
      label: 'Routing profile',
      kind: 'select',
      required: true,
      options: known.routing ?? [],
    },
    {
      name: 'SecurityProfileIds',
      label: 'Security profiles',
      kind: 'checks',
      required: true,
      options: known.security ?? [],
    },
    {
      name: 'PhoneType',
      label: 'Phone type',
      kind: 'select',
      required: true,
      options: [
        { value: 'SOFT_PHONE', label: 'Soft phone' },
        { value: 'DESK_PHONE', label: 'Desk phone' },
      ],
    },
    {
      name: 'DeskPhoneNumber',
      label: 'Desk phone number',
      kind: 'text',
      required: true,
      when: { field: 'PhoneType', is: 'DESK_PHONE' },
      help: 'In E.164, such as +12065550142.',
    },
    { name: 'AutoAccept', label: 'Auto-accept call', kind: 'check' },
    {
      name: 'AfterContactWorkTimeLimit',
      label: 'After contact work (ACW) timeout, in seconds',
      kind: 'number',
      help: '0 is no limit.',
    },
  ],
  values: async (u, known) => ({
    FirstName: u?.IdentityInfo.FirstName ?? '',
    LastName: u?.IdentityInfo.LastName ?? '',
    Username: u?.Username ?? '',
    Email: u?.IdentityInfo.Email ?? '',
    Password: '',
    RoutingProfileId: u?.RoutingProfileId ?? known.routing?.[0]?.value ?? '',
    SecurityProfileIds: u?.SecurityProfileIds ?? [],
    PhoneType: u?.PhoneConfig.PhoneType ?? 'SOFT_PHONE',
    DeskPhoneNumber: u?.PhoneConfig.DeskPhoneNumber ?? '',
    AutoAccept: u?.PhoneConfig.AutoAccept ?? false,
    AfterContactWorkTimeLimit: String(u?.PhoneConfig.AfterContactWorkTimeLimit ?? 0),
  }),
  save: async (api, v, item) => {
    const profiles = chosen(v, 'SecurityProfileIds');
    if (item === null) {
      await api.send('PUT', '/users/{I}', {
        Username: str(v, 'Username'),
        Password: str(v, 'Password'),
        IdentityInfo: identity(v),
        PhoneConfig: phone(v),
        RoutingProfileId: str(v, 'RoutingProfileId'),
        SecurityProfileIds: profiles,
      });
      return;
    }
    const at = `/users/{I}/${encodeURIComponent(item.Id)}`;
    await api.send('POST', `${at}/identity-info`, {
      IdentityInfo: { ...identity(v), Mobile: item.IdentityInfo.Mobile },
    });
    await api.send('POST', `${at}/phone-config`, { PhoneConfig: phone(v) });
    if (str(v, 'RoutingProfileId') !== item.RoutingProfileId)
      await api.send('POST', `${at}/routing-profile`, { RoutingProfileId: str(v, 'RoutingProfileId') });
    if ([...profiles].sort().join() !== [...item.SecurityProfileIds].sort().join())
      await api.send('POST', `${at}/security-profiles`, { SecurityProfileIds: profiles });
  },
  drop: (api, u) => api.send('DELETE', `/users/{I}/${encodeURIComponent(u.Id)}`),
  actions: [
    {
      label: 'Reset password',
      permission: 'Users.Edit',
      fields: [{ name: 'Password', label: 'New password', kind: 'password', required: true, help: passwordRule }],
      run: (api, v, u) => api.setPassword(u.Id, str(v, 'Password')),
    },
  ],
};
