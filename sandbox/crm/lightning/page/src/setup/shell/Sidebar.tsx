import { count } from '@patchcord/ui/count.ts';
import { useId, useMemo, useRef, useState } from 'react';
import { UtilityIcon } from '../../shell/Icon.tsx';
import { screens } from '../screens.tsx';
import { useSetup } from '../setup-context.ts';
import { above, isOpenTo, matching, tree } from '../tree.ts';
import { NavTree } from './NavTree.tsx';

/** The left column: Quick Find, Setup Home, and the tree of screens, filtered while typing. */
export function Sidebar() {
  const { location, open, may } = useSetup();
  const [typed, setTyped] = useState('');
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const isFinding = typed.trim() !== '';
  const found = useMemo(() => matching(screens, typed).filter((s) => isOpenTo(s, may)), [typed, may]);
  const branches = useMemo(() => tree(found), [found]);
  const openBranches = useMemo(() => {
    const keys = new Set(above(branches, location.node));
    for (const key of toggled) {
      if (keys.has(key)) keys.delete(key);
      else keys.add(key);
    }
    return keys;
  }, [branches, location.node, toggled]);

  const first = () => box.current?.querySelector<HTMLElement>('[role=treeitem]')?.focus();
  const keys = (e: React.KeyboardEvent) => {
    if (e.key === 'Escape') setTyped('');
    else if (e.key === 'ArrowDown') first();
    else if (e.key === 'Enter' && isFinding && found[0]) open(found[0].node);
    else return;
    e.preventDefault();
  };
  return (
    <nav className="pc-setup-side" aria-label="Setup menu" ref={box}>
      <div className="slds-form-element slds-p-around_small">
        <label className="slds-assistive-text" htmlFor={id}>
          Quick Find
        </label>
        <div className="slds-form-element__control slds-input-has-icon slds-input-has-icon_left">
          <UtilityIcon
            name="search"
            className="slds-icon slds-input__icon slds-input__icon_left slds-icon-text-default"
          />
          <input
            id={id}
            type="search"
            className="slds-input"
            placeholder="Quick Find"
            autoComplete="off"
            value={typed}
            onChange={(e) => setTyped(e.currentTarget.value)}
            onKeyDown={keys}
          />
        </div>
      </div>
      <div className="pc-setup-tree">
        {!isFinding && (
          <button
            type="button"
            className={`slds-button pc-setup-home ${location.node === 'SetupOneHome' ? 'pc-is-current' : ''}`}
            aria-current={location.node === 'SetupOneHome' ? 'page' : undefined}
            onClick={() => open('SetupOneHome')}
          >
            Setup Home
          </button>
        )}
        {branches.map((part) => (
          <section key={part.key} aria-label={part.label}>
            {!isFinding && <h2 className="slds-text-title_caps pc-setup-part">{part.label}</h2>}
            <NavTree
              label={part.label}
              items={part.items}
              isOpen={(key) => isFinding || openBranches.has(key)}
              onToggle={(key) =>
                setToggled((before) => {
                  const next = new Set(before);
                  if (!next.delete(key)) next.add(key);
                  return next;
                })
              }
              current={location.node}
              typed={typed}
              onOpen={open}
            />
          </section>
        ))}
        <p role="status" className={found.length === 0 ? 'slds-p-around_small' : 'slds-assistive-text'}>
          {found.length === 0 && <strong>No results for "{typed.trim()}"</strong>}
          {found.length === 0 && (
            <span className="slds-show">Didn't find what you're looking for? Try other words.</span>
          )}
          {found.length > 0 && isFinding && count(found.length, 'result')}
        </p>
      </div>
    </nav>
  );
}
