import { useEffect, useId, useRef, useState } from 'react';
import { useConsole, useLoad } from '../console-context.ts';
import { ObjectIcon, UtilityIcon } from '../shell/Icon.tsx';
import { Failed, Loading } from '../shell/States.tsx';
import { itemLocation } from './address.ts';

/** The waffle at the left of the context bar: the person's apps, and all items, whatever the app. */
export function AppLauncher() {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const panel = useId();
  useEffect(() => {
    if (!isOpen) return;
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
  const close = () => {
    setOpen(false);
    root.current?.querySelector<HTMLElement>('button')?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to what is inside, and bubble here
    <div
      ref={root}
      className={`slds-dropdown-trigger slds-dropdown-trigger_click pc-launcher ${isOpen ? 'slds-is-open' : ''}`}
      onKeyDown={(e) => {
        e.stopPropagation();
        if (e.key === 'Escape' && isOpen) close();
      }}
    >
      <button
        type="button"
        className="slds-button slds-button_icon slds-button_icon-container"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-controls={isOpen ? panel : undefined}
        title="App Launcher"
        onClick={() => setOpen(!isOpen)}
      >
        <UtilityIcon name="apps" className="slds-button__icon" />
        <span className="slds-assistive-text">App Launcher</span>
      </button>
      {isOpen && (
        <div
          id={panel}
          role="dialog"
          aria-label="App Launcher"
          className="slds-dropdown slds-dropdown_left slds-dropdown_large pc-launcher-panel"
        >
          <Offered onOpened={() => setOpen(false)} />
        </div>
      )}
    </div>
  );
}

function Offered({ onOpened }: { onOpened(): void }) {
  const { api, open, start } = useConsole();
  const loaded = useLoad('launcher', () => api.launcher());
  const [typed, setTyped] = useState('');
  const search = useRef<HTMLInputElement>(null);
  const apps = useId();
  const items = useId();
  useEffect(() => search.current?.focus(), []);
  const fits = (label: string) => label.toLowerCase().includes(typed.trim().toLowerCase());
  const found =
    loaded.is === 'ready'
      ? { apps: loaded.value.apps.filter((a) => fits(a.label)), items: loaded.value.items.filter((i) => fits(i.label)) }
      : { apps: [], items: [] };
  const isEmpty = loaded.is === 'ready' && found.apps.length + found.items.length === 0;
  return (
    <>
      <div className="slds-p-around_small">
        <div className="slds-form-element__control slds-input-has-icon slds-input-has-icon_left">
          <UtilityIcon
            name="search"
            className="slds-icon slds-input__icon slds-input__icon_left slds-icon-text-default"
          />
          <input
            ref={search}
            type="search"
            className="slds-input"
            aria-label="Search apps and items"
            placeholder="Search apps and items..."
            autoComplete="off"
            value={typed}
            onChange={(e) => setTyped(e.target.value)}
          />
        </div>
      </div>
      {loaded.is === 'loading' && <Loading what="apps" />}
      {loaded.is === 'failed' && <Failed error={loaded.error} />}
      <div className="pc-launcher-lists">
        {found.apps.length > 0 && (
          <>
            <h2 id={apps} className="slds-text-title_caps slds-p-horizontal_small slds-p-top_x-small">
              Apps
            </h2>
            <ul aria-labelledby={apps}>
              {found.apps.map((a) => (
                <li key={a.id}>
                  <a
                    className="pc-launcher-row"
                    href={`/lightning/app/${a.id}`}
                    aria-current={a.id === start.app.id ? 'true' : undefined}
                  >
                    <ObjectIcon icon="standard:app" size="small" />
                    <span className="pc-launcher-text">
                      <span className="slds-show slds-truncate">{a.label}</span>
                      <span className="slds-show slds-truncate slds-text-color_weak" title={a.description}>
                        {a.description}
                      </span>
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
        {found.items.length > 0 && (
          <>
            <h2 id={items} className="slds-text-title_caps slds-p-horizontal_small slds-p-top_x-small">
              Items
            </h2>
            <ul aria-labelledby={items}>
              {found.items.map((item) => (
                <li key={item.object}>
                  <button
                    type="button"
                    className="slds-button pc-launcher-row"
                    onClick={() => {
                      onOpened();
                      open(itemLocation(item));
                    }}
                  >
                    <ObjectIcon icon={item.icon} size="small" />
                    <span className="slds-truncate">{item.label}</span>
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <p role="status" className={isEmpty ? 'slds-p-around_small slds-text-color_weak' : 'slds-assistive-text'}>
        {isEmpty && `No results for "${typed.trim()}".`}
      </p>
    </>
  );
}
