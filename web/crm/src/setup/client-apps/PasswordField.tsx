import { useEffect, useRef } from 'react';
import { Element } from '../parts/Fields.tsx';
import type { Form } from '../parts/use-form.ts';

/** The password of who is logged in; it takes the focus again when it was wrong. */
export function PasswordField({ form, name, label }: { form: Form; name: string; label: string }) {
  const input = useRef<HTMLInputElement>(null);
  const error = form.error(name);
  useEffect(() => {
    if (error !== '') input.current?.select();
  }, [error]);
  return (
    <Element form={form} name={name} label={label} required>
      {(id, described) => (
        <input
          ref={input}
          id={id}
          type="password"
          autoComplete="current-password"
          className="slds-input"
          required
          aria-invalid={error !== ''}
          aria-describedby={described}
          value={form.text(name)}
          onChange={(e) => form.set(name, e.currentTarget.value)}
        />
      )}
    </Element>
  );
}
