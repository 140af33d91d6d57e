import { Checkbox, type Option, Select, TextArea, TextInput, type TextKind } from './inputs.tsx';
import type { Form } from './use-form.ts';

/** Inputs that are bound to a field of a form by its name. */
interface Common {
  form: Form;
  name: string;
  label: string;
  required?: boolean;
  help?: string;
}

interface TextProps extends Common {
  type?: TextKind;
  maxLength?: number;
  readOnly?: boolean;
}

export function TextField({ form, name, ...rest }: TextProps) {
  return (
    <TextInput {...rest} value={form.text(name)} error={form.error(name)} onChange={(typed) => form.set(name, typed)} />
  );
}

export function AreaField({ form, name, ...rest }: Common & { maxLength?: number; rows?: number }) {
  return (
    <TextArea {...rest} value={form.text(name)} error={form.error(name)} onChange={(typed) => form.set(name, typed)} />
  );
}

export function SelectField({ form, name, ...rest }: Common & { options: readonly Option[]; none?: string }) {
  return (
    <Select {...rest} value={form.text(name)} error={form.error(name)} onChange={(value) => form.set(name, value)} />
  );
}

export function CheckField({ form, name, label, help }: Common) {
  return (
    <Checkbox
      label={label}
      help={help}
      checked={form.values[name] === true}
      error={form.error(name)}
      onChange={(on) => form.set(name, on)}
    />
  );
}
