import { classic } from '../location.ts';
import { useSetup } from '../setup-context.ts';
import { AppList } from './AppList.tsx';
import { AppPage } from './AppPage.tsx';

/** External Client App Manager, to look at: the list, and one app with its settings, policies and consumer. */
export function ClientApps() {
  const [name] = classic(useSetup().location.address).parts;
  return name ? <AppPage name={name} /> : <AppList />;
}
