import type { ComponentType } from 'react';
import { AuditTrail } from './audit/AuditTrail.tsx';
import { ClientApps } from './client-apps/ClientApps.tsx';
import { CompanyInformation, MyDomain, Profiles } from './company/Company.tsx';
import { CustomSettings } from './customsettings/CustomSettings.tsx';
import { Flows } from './flows/Flows.tsx';
import { SetupHome } from './home/SetupHome.tsx';
import { ObjectManager } from './objects/ObjectManager.tsx';
import { PermissionSets } from './permsets/PermissionSets.tsx';
import { phoneScreens } from './phone-screens.tsx';
import { Cors, SessionSettings, TrustedUrls } from './security/Security.tsx';
import type { Place } from './tree.ts';
import { Users } from './users/Users.tsx';

/** A screen of Setup. Screens read the page that they show from the location. */
export interface Screen extends Place {
  Component: ComponentType;
}

const users = ['Administration', 'Users'];
const security = ['Settings', 'Security'];

/** All screens: one line each. The home and the Object Manager are tabs and stand in no branch. */
export const screens: readonly Screen[] = [
  { node: 'PermSets', label: 'Permission Sets', path: users, Component: PermissionSets },
  ...phoneScreens,

  { node: 'ManageUsers', label: 'Users', path: users, Component: Users },
  {
    node: 'Flows',
    label: 'Flows',
    path: ['Platform Tools', 'Process Automation'],
    words: 'flow builder screen flow',
    Component: Flows,
  },
  { node: 'SecurityEvents', label: 'View Setup Audit Trail', path: security, Component: AuditTrail },
  {
    node: 'CustomSettings',
    label: 'Custom Settings',
    path: ['Platform Tools', 'Custom Code'],
    Component: CustomSettings,
  },
  {
    node: 'SecuritySession',
    label: 'Session Settings',
    path: security,
    words: 'clickjack inline frames',
    Component: SessionSettings,
  },
  { node: 'CorsWhitelistEntries', label: 'CORS', path: security, words: 'allowed origins', Component: Cors },
  {
    node: 'SecurityCspTrustedSite',
    label: 'Trusted URLs',
    path: security,
    words: 'CSP Trusted Sites',
    Component: TrustedUrls,
  },
  { node: 'EnhancedProfiles', label: 'Profiles', path: users, Component: Profiles },
  {
    node: 'CompanyProfileInfo',
    label: 'Company Information',
    path: ['Settings', 'Company Settings'],
    words: 'locale time zone',
    Component: CompanyInformation,
  },
  { node: 'OrgDomain', label: 'My Domain', path: ['Settings', 'Company Settings'], Component: MyDomain },
  {
    node: 'ManageExternalClientApplication',
    label: 'External Client App Manager',
    path: ['Platform Tools', 'Apps', 'External Client Apps'],
    words: 'oauth connected app consumer key secret',
    Component: ClientApps,
  },
];

/** Tabs at the top, in no branch. */
export const objectManager: Screen = {
  node: 'ObjectManager',
  label: 'Object Manager',
  path: [],
  Component: ObjectManager,
};
export const homeScreen: Screen = { node: 'SetupOneHome', label: 'Setup Home', path: [], Component: SetupHome };
