import { Fragment, useEffect, useId, useRef, useState } from 'react';
import { UtilityIcon } from './Icon.tsx';

export interface MenuItem {
  label: string;
  icon?: React.ReactNode;
  checked?: boolean;
  disabled?: boolean;
  divided?: boolean; // a line above it
  heading?: string; // of the items from here on
  onChoose(): void;
}

interface Props {
  name: string;
  className: string;
  side: 'left' | 'right';
  trigger: React.ReactNode;
  header?: React.ReactNode;
  items: MenuItem[];
}

/** A button that opens a menu; arrows move, Escape closes. */
export function Menu({ name, className, side, trigger, header, items }: Props) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isOpen) return;
    root.current?.querySelector<HTMLElement>('[role^=menuitem]:enabled')?.focus();
    const outside = (e: Event) => {
      if (e.target instanceof Node && !root.current?.contains(e.target)) setOpen(false);
    };
    document.addEventListener('mousedown', outside);
    window.addEventListener('blur', outside);
    return () => {
      document.removeEventListener('mousedown', outside);
      window.removeEventListener('blur', outside);
    };
  }, [isOpen]);

  const keys = (e: React.KeyboardEvent) => {
    if (!isOpen) return;
    if (e.key === 'Escape') {
      setOpen(false);
      root.current?.querySelector<HTMLElement>('button')?.focus();
    }
    const entries = [...(root.current?.querySelectorAll<HTMLElement>('[role^=menuitem]:enabled') ?? [])];
    const at = entries.findIndex((entry) => entry.matches(':focus'));
    if (e.key === 'Home') entries[0]?.focus();
    if (e.key === 'End') entries.at(-1)?.focus();
    if (e.key === 'ArrowDown') entries[(at + 1) % entries.length]?.focus();
    if (e.key === 'ArrowUp') entries[(at - 1 + entries.length) % entries.length]?.focus();
    if (['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(e.key)) e.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the menu's items, which bubble here
    <div
      ref={root}
      className={`slds-dropdown-trigger slds-dropdown-trigger_click ${isOpen ? 'slds-is-open' : ''}`}
      onKeyDown={keys}
    >
      <button
        type="button"
        className={className}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={name}
        title={name}
        onClick={() => setOpen(!isOpen)}
      >
        {trigger}
      </button>
      {isOpen && (
        <div className={`slds-dropdown slds-dropdown_${side} slds-dropdown_small`}>
          {header}
          <div className="slds-dropdown__list" role="menu" id={id} aria-label={name}>
            {items.map((item) => (
              <Fragment key={item.label}>
                {item.heading && (
                  <div className="slds-dropdown__header" role="none">
                    {item.heading}
                  </div>
                )}
                <div className={`slds-dropdown__item ${item.divided ? 'slds-has-divider_top-space' : ''}`} role="none">
                  <button
                    type="button"
                    className="slds-button pc-menu-item"
                    disabled={item.disabled}
                    {...(item.checked === undefined
                      ? { role: 'menuitem' }
                      : { role: 'menuitemradio', 'aria-checked': item.checked })}
                    onClick={() => {
                      setOpen(false);
                      item.onChoose();
                    }}
                  >
                    {item.checked !== undefined && (
                      <UtilityIcon
                        name="check"
                        className={`slds-icon slds-icon_x-small slds-icon-text-default slds-m-right_x-small ${item.checked ? '' : 'pc-unseen'}`}
                      />
                    )}
                    {item.icon}
                    <span className="slds-truncate">{item.label}</span>
                  </button>
                </div>
              </Fragment>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}
