import { Element } from '../parts/Fields.tsx';
import type { Form } from '../parts/use-form.ts';

/** The password of who is logged in. */
export function PasswordField({ form, name, label }: { form: Form; name: string; label: string }) {
  return (
    <Element form={form} name={name} label={label} required>
      {(id, described) => (
        <input
          id={id}
          type="password"
          autoComplete="current-password"
          className="slds-input"
          required
          aria-invalid={form.error(name) !== ''}
          aria-describedby={described}
          value={form.text(name)}
          onChange={(e) => form.set(name, e.currentTarget.value)}
        />
      )}
    </Element>
  );
}
