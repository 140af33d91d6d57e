import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { useSetup } from '../setup-context.ts';
import { mailed } from './wire.ts';

interface Props {
  people: readonly { id: string; name: string }[];
  onClose(): void;
  onDone?(): void;
}

/** Asks, takes the passwords away and has each user mailed a link to a new one. The administrator sees no password. */
export function ResetPasswords({ people, onClose, onDone }: Props) {
  const { api, say } = useSetup();
  const one = people.length === 1;
  return (
    <ConfirmDialog
      title={one ? 'Reset Password' : 'Reset Passwords'}
      act={one ? 'Reset Password' : 'Reset Passwords'}
      onClose={onClose}
      onAct={async () => {
        const done = await api.post('users/passwords', mailed, { users: people.map((p) => p.id) });
        say('success', `The password was reset. An email with a link was sent to ${done.mailed.join(', ')}.`);
        onDone?.();
      }}
    >
      <p>
        {people.map((p) => p.name).join(', ')} {one ? 'is' : 'are'} logged out everywhere, and the old{' '}
        {one ? 'password stops' : 'passwords stop'} working. An email with a link to set a new password is sent to{' '}
        {one ? 'the user' : 'each user'}; it also unlocks a user who is locked out.
      </p>
    </ConfirmDialog>
  );
}
