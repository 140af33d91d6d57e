import { classic } from '../location.ts';
import { useSetup } from '../setup-context.ts';
import { AddAssignments, CurrentAssignments } from './Assignments.tsx';
import { PermissionSetList } from './List.tsx';
import { PermissionSetPage } from './PermissionSetPage.tsx';
import { CloneSet, EditProperties, NewSet } from './Properties.tsx';

/** Permission Sets: the list, one set with its parts, and who has it. */
export function PermissionSets() {
  const { location } = useSetup();
  const { parts, query } = classic(location.address);
  const [id, act] = parts;
  if (!id) return <PermissionSetList />;
  if (id === '0PS') return <NewSet />;
  switch (act) {
    case 'e':
      return <EditProperties id={id} />;
    case 'clone':
      return <CloneSet id={id} />;
    case 'assignments':
      return <CurrentAssignments id={id} />;
    case 'assign':
      return <AddAssignments id={id} />;
    default:
      return <PermissionSetPage id={id} section={query.get('s') ?? ''} object={query.get('o') ?? ''} />;
  }
}
