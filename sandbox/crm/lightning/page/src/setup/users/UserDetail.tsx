import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Pending } from '../parts/Await.tsx';
import { Act, Button } from '../parts/Button.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Ticked } from '../parts/inputs.tsx';
import { MessageBox } from '../parts/MessageBox.tsx';
import { useMoment } from '../parts/Moment.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { Details, Section } from '../parts/Sections.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';
import { ResetPasswords } from './ResetPasswords.tsx';
import { userPage } from './wire.ts';

/** One user. */
export function UserDetail({ id }: { id: string }) {
  const moment = useMoment();
  const { api, open, say } = useSetup();
  const [revision, setRevision] = useState(0);
  const [asks, setAsks] = useState<'' | 'password' | 'freeze'>('');
  const page = useLoad(`user/${id}#${revision}`, () => api.get(`users/${encodeURIComponent(id)}`, userPage));
  if (page.is !== 'ready') return <Pending of={page} what="user" />;
  const user = page.value;
  const { values } = user;
  const freeze = user.frozen ? 'Unfreeze' : 'Freeze';
  return (
    <Screen
      icon="standard:user"
      title={user.name}
      crumb="Setup > Users"
      actions={
        <>
          <Button onClick={() => open('ManageUsers', `/${id}/e`)}>Edit</Button>
          {values.IsActive && <Button onClick={() => setAsks('password')}>Reset Password</Button>}
          <Button onClick={() => setAsks('freeze')}>{freeze}</Button>
        </>
      }
    >
      <Card>
        {user.frozen && <MessageBox tone="warning">This user is frozen and can't log in.</MessageBox>}
        <Section title="User Detail">
          <Details
            items={[
              ['Name', user.name],
              ['Profile', user.profile],
              ['Alias', values.Alias],
              ['Active', <Ticked key="active" on={values.IsActive} label="Active" />],
              ['Email', values.Email],
              [
                'Service Cloud User',
                <Ticked key="cloud" on={values.UserPermissionsSupportUser} label="Service Cloud User" />,
              ],
              ['Username', values.Username],
              ['Call Center', user.callCenter],
              ['Nickname', values.CommunityNickname],
              ['Federation ID', values.FederationIdentifier],
              ['Title', values.Title],
              ['Department', values.Department],
              ['Phone', values.Phone],
              ['Extension', values.Extension],
              ['Mobile', values.MobilePhone],
              ['Time Zone', values.TimeZoneSidKey],
              ['Locale', values.LocaleSidKey],
              ['Language', values.LanguageLocaleKey],
              ['Created By', `${user.createdBy || 'Automated Process'}, ${moment(user.created)}`],
              ['Last Modified By', `${user.modifiedBy || 'Automated Process'}, ${moment(user.lastModified)}`],
            ]}
          />
        </Section>
        <Section title="Permission Set Assignments">
          <SetupTable
            label="Permission Set Assignments"
            columns={['Permission Set Name', 'Description']}
            empty="No records to display."
            rows={user.sets.map((set) => ({
              key: set.id,
              cells: [
                <Act key="label" label={set.label} onAct={() => open('PermSets', `/${set.id}`)} />,
                set.description,
              ],
            }))}
          />
        </Section>
      </Card>
      {asks === 'password' && <ResetPasswords people={[user]} onClose={() => setAsks('')} />}
      {asks === 'freeze' && (
        <ConfirmDialog
          title={`${freeze} ${user.name}`}
          act={freeze}
          onClose={() => setAsks('')}
          onAct={async () => {
            await api.post(`users/${id}/freeze`, done, { frozen: !user.frozen });
            say('success', `${user.name} was ${user.frozen ? 'unfrozen' : 'frozen'}.`);
            setRevision((n) => n + 1);
          }}
        >
          <p>
            {user.frozen
              ? 'The user can log in again.'
              : "The user is logged out everywhere and can't log in until unfrozen. Records and licenses stay."}
          </p>
        </ConfirmDialog>
      )}
    </Screen>
  );
}
