import { useConsole } from '../console-context.ts';
import { FieldInput } from './FieldInput.tsx';
import { formSections } from './form-state.ts';
import type { Form } from './use-form.ts';

/** The fields of a form in the sections and columns of the layout, with what is wrong above and at each of them. */
export function FormSections({ form, onSubmit }: { form: Form; onSubmit(): void }) {
  const { info, record, now, errors } = form;
  const { user } = useConsole().start;
  return (
    <form
      id={form.id}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        onSubmit();
      }}
    >
      <FormError form={form} />
      {formSections(info, record === null).map((section) => (
        <fieldset key={section.label} className="slds-m-bottom_small">
          <legend className="slds-section__title slds-theme_shade slds-p-horizontal_small slds-size_1-of-1">
            {section.label}
          </legend>
          <div className="slds-grid slds-gutters_small slds-wrap slds-p-top_small">
            {section.columns.map((column) => (
              <div key={column.join()} className="slds-col slds-size_1-of-1 slds-medium-size_1-of-2">
                {column.map((name) => {
                  const field = info.fields[name];
                  return field ? (
                    <FieldInput
                      key={name}
                      field={field}
                      value={now[name] ?? null}
                      shownReference={record?.references[name]?.name ?? (now[name] === user.id ? user.name : '')}
                      error={errors[name] ?? ''}
                      onChange={(value) => form.set(name, value)}
                    />
                  ) : null;
                })}
              </div>
            ))}
          </div>
        </fieldset>
      ))}
    </form>
  );
}

/** What is wrong with the form as a whole, and which fields to look at. */
function FormError({ form: { errors, info } }: { form: Form }) {
  const fields = Object.keys(errors).filter((name) => name !== '');
  if (errors[''] === undefined && fields.length === 0) return null;
  return (
    <div className="pc-form-error" role="alert">
      <h2>{errors[''] ?? 'We hit a snag.'}</h2>
      {fields.length > 0 && (
        <p>Review the following fields: {fields.map((name) => info.fields[name]?.label ?? name).join(', ')}</p>
      )}
    </div>
  );
}
