import type { ComponentType } from 'react';
import { AppManager } from './apps/AppManager.tsx';
import { CallCenters } from './call-centers/CallCenters.tsx';
import { DirectoryNumbers } from './call-centers/DirectoryNumbers.tsx';
import { Mailbox } from './mailbox/Mailbox.tsx';
import { AppExchange } from './packages/AppExchange.tsx';
import { InstalledPackages } from './packages/InstalledPackages.tsx';
import { VisualforcePages } from './pages/VisualforcePages.tsx';
import { SoftphoneLayouts } from './softphone-layouts/SoftphoneLayouts.tsx';
import type { Place } from './tree.ts';

const apps = ['Platform Tools', 'Apps'];
const packaging = [...apps, 'Packaging'];
const callCenter = ['Platform Tools', 'Feature Settings', 'Service', 'Call Center'];
const customize = 'CustomizeApplication';
const centers = 'ManageCallCenters';
const code = ['Platform Tools', 'Custom Code'];

/** Setup's nodes about telephony, packages, apps and pages: one line each. */
export const phoneScreens: readonly (Place & { Component: ComponentType })[] = [
  {
    node: 'NavigationMenus',
    needs: customize,
    label: 'App Manager',
    path: apps,
    words: 'lightning apps',
    Component: AppManager,
  },
  {
    node: 'AppExchangeMarketplace',
    needs: customize,
    label: 'AppExchange Marketplace',
    path: apps,
    Component: AppExchange,
  },
  {
    node: 'ImportedPackage',
    needs: customize,
    label: 'Installed Packages',
    path: packaging,
    Component: InstalledPackages,
  },
  {
    node: 'CallCenters',
    needs: centers,
    label: 'Call Centers',
    path: callCenter,
    words: 'cti',
    Component: CallCenters,
  },
  {
    node: 'DirectoryNumbers',
    needs: centers,
    label: 'Directory Numbers',
    path: callCenter,
    Component: DirectoryNumbers,
  },
  {
    node: 'SoftphoneLayouts',
    needs: centers,
    label: 'Softphone Layouts',
    path: callCenter,
    Component: SoftphoneLayouts,
  },
  {
    node: 'ApexPages',
    needs: customize,
    label: 'Visualforce Pages',
    path: code,
    words: 'visual force',
    Component: VisualforcePages,
  },
  { node: 'SandboxMailbox', label: 'Sandbox Mailbox', path: ['Settings'], words: 'email e-mail', Component: Mailbox },
];
