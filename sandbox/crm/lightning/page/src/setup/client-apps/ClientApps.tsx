import { classic } from '../location.ts';
import { useSetup } from '../setup-context.ts';
import { AppList } from './AppList.tsx';
import { AppPage } from './AppPage.tsx';
import { EditPolicies } from './PoliciesForm.tsx';
import { EditSettings, NewApp } from './SettingsForm.tsx';

/** External Client App Manager: the list, one app with its settings and policies, and their forms. */
export function ClientApps() {
  const { location } = useSetup();
  const { parts, query } = classic(location.address);
  const [name, act] = parts;
  if (!name) return <AppList />;
  if (name === '0xI') return <NewApp />;
  if (act === 'e') return <EditSettings name={name} />;
  if (act === 'p') return <EditPolicies name={name} />;
  return <AppPage name={name} tab={query.get('s') ?? ''} />;
}
