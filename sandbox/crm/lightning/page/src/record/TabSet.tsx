import { useId, useState } from 'react';

interface Props {
  name: string;
  tabs: { id: string; label: string; content: React.ReactNode }[];
}

/** Tabs inside a page. */
export function TabSet({ name, tabs }: Props) {
  const prefix = useId();
  const [chosen, choose] = useState(0);
  const shown = tabs[chosen];
  const keys = (e: React.KeyboardEvent) => {
    const step = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const to = (chosen + step + tabs.length) % tabs.length;
    choose(to);
    document.getElementById(`${prefix}${tabs[to]?.id}`)?.focus();
  };
  return (
    <div className="slds-tabs_default">
      <div className="slds-tabs_default__nav" role="tablist" aria-label={name} onKeyDown={keys}>
        {tabs.map((tab, at) => (
          <div
            key={tab.id}
            role="presentation"
            className={`slds-tabs_default__item ${at === chosen ? 'slds-is-active' : ''}`}
          >
            <button
              type="button"
              role="tab"
              id={`${prefix}${tab.id}`}
              className="slds-button slds-tabs_default__link"
              aria-selected={at === chosen}
              tabIndex={at === chosen ? 0 : -1}
              onClick={() => choose(at)}
            >
              {tab.label}
            </button>
          </div>
        ))}
      </div>
      <div className="slds-tabs_default__content slds-show" role="tabpanel" aria-labelledby={`${prefix}${shown?.id}`}>
        {shown?.content}
      </div>
    </div>
  );
}
