import { useId } from 'react';

interface Props {
  title: string;
  actions?: React.ReactNode; // buttons
  children: React.ReactNode;
}

/** A titled part of a detail page or form. */
export function Section({ title, actions, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="pc-setup-section">
      <h2 id={id} className="slds-section-title_divider slds-m-bottom_small">
        {title}
      </h2>
      {actions && <div className="pc-setup-buttons slds-m-bottom_small">{actions}</div>}
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
