import { useEffect, useRef } from 'react';
import { FormElement } from '../parts/inputs.tsx';
import type { Form } from '../parts/use-form.ts';

/** The password of who is logged in; it takes the focus again when it was wrong. */
export function PasswordField({ form, name, label }: { form: Form; name: string; label: string }) {
  const input = useRef<HTMLInputElement>(null);
  const error = form.error(name);
  useEffect(() => {
    if (error !== '') input.current?.select();
  }, [error]);
  return (
    <FormElement label={label} error={error} required>
      {(control) => (
        <input
          ref={input}
          {...control}
          type="password"
          autoComplete="current-password"
          className="slds-input"
          value={form.text(name)}
          onChange={(e) => form.set(name, e.currentTarget.value)}
        />
      )}
    </FormElement>
  );
}
