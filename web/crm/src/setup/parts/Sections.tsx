import { useId } from 'react';

/** A titled part of a detail page or form. */
export function Section({ title, children }: { title: string; children: React.ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="slds-m-bottom_medium">
      <h2 id={id} className="slds-section-title_divider slds-m-bottom_small">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** Names and values in two columns. */
export function Details({ items }: { items: [label: string, value: React.ReactNode][] }) {
  return (
    <dl className="pc-setup-details">
      {items.map(([label, value]) => (
        <div key={label} className="slds-form-element_readonly pc-setup-detail">
          <dt className="slds-form-element__label">{label}</dt>
          <dd className="slds-form-element__static">{value === '' ? ' ' : value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A check box that only shows. */
export function Ticked({ on, label }: { on: boolean; label: string }) {
  return <input type="checkbox" checked={on} disabled readOnly aria-label={label} />;
}
