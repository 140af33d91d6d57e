import { MessageBox } from './MessageBox.tsx';
import type { Form } from './use-form.ts';

interface Props {
  form: Form;
  name: string;
  save?: string; // the button's word
  cancel?: string;
  canSave?: boolean;
  onSave(): void;
  onCancel(): void;
  children: React.ReactNode;
}

/** A form page of Setup: Save and Cancel above and below, what is wrong at the top. */
export function SetupForm({
  form,
  name,
  save = 'Save',
  cancel = 'Cancel',
  canSave = true,
  onSave,
  onCancel,
  children,
}: Props) {
  const buttons = (
    <div className="pc-setup-buttons">
      <button type="submit" className="slds-button slds-button_brand" disabled={form.isBusy || !canSave}>
        {save}
      </button>
      <button type="button" className="slds-button slds-button_neutral" onClick={onCancel}>
        {cancel}
      </button>
    </div>
  );
  return (
    <form
      className="pc-setup-card"
      aria-label={name}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        onSave();
      }}
    >
      <div className="slds-m-bottom_small">{buttons}</div>
      {form.problem && <MessageBox tone="error">{form.problem}</MessageBox>}
      {children}
      {buttons}
    </form>
  );
}
