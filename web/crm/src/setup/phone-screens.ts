import { AppManager } from './apps/AppManager.tsx';
import { CallCenters } from './call-centers/CallCenters.tsx';
import { DirectoryNumbers } from './call-centers/DirectoryNumbers.tsx';
import { Mailbox } from './mailbox/Mailbox.tsx';
import { AppExchange } from './packages/AppExchange.tsx';
import { InstalledPackages } from './packages/InstalledPackages.tsx';
import { VisualforcePages } from './pages/VisualforcePages.tsx';
import type { ScreenProps } from './screen/setup-context.ts';
import { SoftphoneLayouts } from './softphone-layouts/SoftphoneLayouts.tsx';

export interface PhoneScreen {
  node: string;
  label: string;
  /** The branches of the tree above the node. */
  path: string[];
  /** Further words that Quick Find knows the node by. */
  words: string;
  component: (props: ScreenProps) => React.ReactNode;
}

const callCenter = ['Feature Settings', 'Service', 'Call Center'];

/** Setup's nodes about telephony, packages, apps and pages. */
export const phoneScreens: PhoneScreen[] = [
  { node: 'NavigationMenus', label: 'App Manager', path: ['Apps'], words: 'lightning apps', component: AppManager },
  {
    node: 'AppExchangeMarketplace',
    label: 'AppExchange Marketplace',
    path: ['Apps'],
    words: '',
    component: AppExchange,
  },
  {
    node: 'ImportedPackage',
    label: 'Installed Packages',
    path: ['Apps', 'Packaging'],
    words: '',
    component: InstalledPackages,
  },
  { node: 'CallCenters', label: 'Call Centers', path: callCenter, words: 'cti', component: CallCenters },
  {
    node: 'CallCenterDirectoryNumbers',
    label: 'Directory Numbers',
    path: callCenter,
    words: 'phone',
    component: DirectoryNumbers,
  },
  {
    node: 'SoftphoneLayouts',
    label: 'Softphone Layouts',
    path: callCenter,
    words: 'screen pop',
    component: SoftphoneLayouts,
  },
  {
    node: 'ApexPages',
    label: 'Visualforce Pages',
    path: ['Custom Code'],
    words: 'visual force',
    component: VisualforcePages,
  },
  {
    node: 'SandboxMailbox',
    label: 'Sandbox Mailbox',
    path: ['Sandbox'],
    words: 'email e-mail messages',
    component: Mailbox,
  },
];
