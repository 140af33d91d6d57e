import { Button, Submit } from './Button.tsx';
import { MessageBox } from './MessageBox.tsx';
import { Card } from './Screen.tsx';
import type { Sending } from './use-change.ts';

interface Props {
  form: Pick<Sending, 'isBusy' | 'problem'>;
  name: string;
  save?: string; // the button's word
  more?: React.ReactNode; // further buttons
  isStep?: boolean; // one step of a longer way: the buttons that lead on are below only
  onSave(): void;
  onCancel(): void;
  children: React.ReactNode;
}

/** A form page of Setup: Save and Cancel above and below, what is wrong at the top. */
export function SetupForm(props: Props) {
  const { form, name, save = 'Save', isStep = false, more } = props;
  const { onSave, onCancel, children } = props;
  const buttons = (
    <div className="pc-setup-buttons">
      <Submit disabled={form.isBusy}>{save}</Submit>
      {more}
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  );
  return (
    <Card>
      <form
        aria-label={name}
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          onSave();
        }}
      >
        {!isStep && <div className="slds-m-bottom_small">{buttons}</div>}
        <Problem of={form} />
        {children}
        {buttons}
      </form>
    </Card>
  );
}

/** What is wrong with something that was sent, above it. */
export function Problem({ of: { problem } }: { of: Pick<Sending, 'problem'> }) {
  return problem === '' ? null : <MessageBox tone="error">{problem}</MessageBox>;
}
