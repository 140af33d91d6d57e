import type { ComponentType } from 'react';
import { AppManager } from './apps/AppManager.tsx';
import { AuditTrail } from './audit/AuditTrail.tsx';
import { CallCenters } from './call-centers/CallCenters.tsx';
import { ClientApps } from './client-apps/ClientApps.tsx';
import { CustomSettings } from './customsettings/CustomSettings.tsx';
import { Flows } from './flows/Flows.tsx';
import { SetupHome } from './home/SetupHome.tsx';
import { Mailbox } from './mailbox/Mailbox.tsx';
import { Components } from './omni/Components.tsx';
import { type Kind, kinds } from './omni/kinds.ts';
import { OmniChannelSettings } from './omni/OmniChannelSettings.tsx';
import { AppExchange } from './packages/AppExchange.tsx';
import { InstalledPackages } from './packages/InstalledPackages.tsx';
import { VisualforcePages } from './pages/VisualforcePages.tsx';
import { PermissionSets } from './permsets/PermissionSets.tsx';
import { Profiles } from './profiles/Profiles.tsx';
import { SoftphoneLayouts } from './softphone-layouts/SoftphoneLayouts.tsx';
import type { Place } from './tree.ts';
import { Users } from './users/Users.tsx';

/** A screen of Setup. Screens read the page that they show from the location. */
export interface Screen extends Place {
  Component: ComponentType;
}

const users = ['Administration', 'Users'];
const apps = ['Platform Tools', 'Apps'];
const callCenter = ['Platform Tools', 'Feature Settings', 'Service', 'Call Center'];
const code = ['Platform Tools', 'Custom Code'];
const customize = 'CustomizeApplication';
const centers = 'ManageCallCenters';

const omni = ['Platform Tools', 'Feature Settings', 'Service', 'Omni-Channel'];

const place = (label: string, node: string, path: string[], Component: ComponentType, more: Partial<Place> = {}) => ({
  label,
  node,
  path,
  Component,
  ...more,
});

/** The list and the form of a type of component. */
const of = (kind: Kind, path: string[], needs: string) =>
  place(kind.title, kind.node, path, () => <Components key={kind.node} kind={kind} />, { needs });

/** All screens: one line each. The home stands in no branch. */
export const screens: readonly Screen[] = [
  place('Permission Sets', 'PermSets', users, PermissionSets),
  place('App Manager', 'NavigationMenus', apps, AppManager, { needs: customize, words: 'lightning apps' }),
  place('AppExchange Marketplace', 'AppExchangeMarketplace', apps, AppExchange, { needs: customize }),
  place('Installed Packages', 'ImportedPackage', [...apps, 'Packaging'], InstalledPackages, { needs: customize }),
  place('Call Centers', 'CallCenters', callCenter, CallCenters, { needs: centers, words: 'cti' }),
  place('Softphone Layouts', 'SoftphoneLayouts', callCenter, SoftphoneLayouts, { needs: centers }),
  place('Omni-Channel Settings', 'OmniChannelSettings', omni, OmniChannelSettings, { needs: customize }),
  of(kinds.statuses, omni, customize),
  of(kinds.channels, omni, customize),
  of(kinds.configurations, omni, customize),
  of(kinds.routing, omni, customize),
  of(kinds.queues, users, 'ManageUsers'),
  place('Visualforce Pages', 'ApexPages', code, VisualforcePages, { needs: customize, words: 'visual force' }),
  place('Sandbox Mailbox', 'SandboxMailbox', ['Settings'], Mailbox, { words: 'email e-mail' }),
  place('Users', 'ManageUsers', users, Users),
  place('Flows', 'Flows', ['Platform Tools', 'Process Automation'], Flows, { words: 'flow builder screen flow' }),
  place('View Setup Audit Trail', 'SecurityEvents', ['Settings', 'Security'], AuditTrail),
  place('Custom Settings', 'CustomSettings', code, CustomSettings),
  place('Profiles', 'EnhancedProfiles', users, Profiles),
  place(
    'External Client App Manager',
    'ManageExternalClientApplication',
    [...apps, 'External Client Apps'],
    ClientApps,
    { words: 'oauth connected app consumer key secret' },
  ),
];

export const homeScreen: Screen = place('Setup Home', 'SetupOneHome', [], SetupHome);
