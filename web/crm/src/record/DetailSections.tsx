import type { RecordPage } from '../wire.ts';
import { FieldValue } from './FieldValue.tsx';

/** The fields of a record in the sections and columns of its layout. */
export function DetailSections({ page }: { page: RecordPage }) {
  const { info, record } = page;
  return (
    <>
      {info.sections.map((section) => (
        <section key={section.label} className="slds-section slds-is-open">
          <h2 className="slds-section__title slds-theme_shade">
            <span className="slds-truncate slds-p-horizontal_small">{section.label}</span>
          </h2>
          <div className="slds-section__content">
            <div className="slds-grid slds-gutters_small slds-wrap">
              {section.columns.map((column) => (
                <dl key={column.join()} className="slds-col slds-size_1-of-1 slds-large-size_1-of-2">
                  {column.map((name) => (
                    <div key={name} className="slds-form-element slds-form-element_readonly pc-field">
                      <dt className="slds-form-element__label">{info.fields[name]?.label ?? name}</dt>
                      <dd className="slds-form-element__control slds-form-element__static">
                        <FieldValue record={record} name={name} type={info.fields[name]?.type ?? 'string'} />
                      </dd>
                    </div>
                  ))}
                </dl>
              ))}
            </div>
          </div>
        </section>
      ))}
    </>
  );
}
