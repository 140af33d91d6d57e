interface Props {
  children: React.ReactNode;
  onClick(): void;
  variant?: 'neutral' | 'brand' | 'destructive';
  disabled?: boolean;
  label?: string; // what it is called where its word alone does not say it
}

export function Button({ children, onClick, variant = 'neutral', disabled = false, label }: Props) {
  return (
    <button
      type="button"
      className={`slds-button slds-button_${variant}`}
      disabled={disabled}
      aria-label={label}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

/** The button that sends the form around it. */
export function Submit({ children, disabled = false }: { children: React.ReactNode; disabled?: boolean }) {
  return (
    <button type="submit" className="slds-button slds-button_brand" disabled={disabled}>
      {children}
    </button>
  );
}

/** A word that does something: Edit, Del, a name that leads to its page. */
export function Act({ label, name, onAct }: { label: string; name?: string; onAct(): void }) {
  return (
    <button type="button" className="slds-button pc-link" aria-label={name} onClick={onAct}>
      {label}
    </button>
  );
}
