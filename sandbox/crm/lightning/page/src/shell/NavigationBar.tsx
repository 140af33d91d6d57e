import { itemLocation, objectOf, temporaryItem } from '../apps/temporary.ts';
import { useConsole, useConsoleState } from '../console-context.ts';
import { format } from '../routes.ts';
import { UtilityIcon } from './Icon.tsx';

/** The items of an app with standard navigation, as tabs; what was opened beside them has a temporary tab, marked with a star. */
export function NavigationBar() {
  const { start, store, open } = useConsole();
  const navigation = useConsoleState((s) => s.navigation);
  const temporary = useConsoleState((s) => s.temporary);
  const pinned = useConsoleState((s) => s.pinned);
  const base = useConsoleState((s) => s.workspace.base);
  const shown = objectOf(base);
  const items = [
    ...navigation.map((item) => ({ item, isTemporary: false })),
    ...temporary.map((object) => ({ item: temporaryItem(object, start.kinds), isTemporary: true })),
  ];
  const close = (object: string) => {
    store.send({ type: 'temporary', objects: temporary.filter((o) => o !== object) });
    const first = navigation[0];
    if (shown === object && first) open(itemLocation(first, pinned));
  };
  return (
    <>
      <ul className="slds-context-bar__secondary pc-items-bar" aria-label="Navigation items">
        {items.map(({ item, isTemporary }) => {
          const to = itemLocation(item, pinned);
          return (
            <li
              key={item.object}
              className={`slds-context-bar__item ${item.object === shown ? 'slds-is-active' : ''} ${isTemporary ? 'pc-temporary' : ''}`}
            >
              <a
                className="slds-context-bar__label-action"
                href={format(to)}
                aria-current={item.object === shown ? 'page' : undefined}
                onClick={(e) => {
                  if (e.metaKey || e.ctrlKey || e.shiftKey) return;
                  e.preventDefault();
                  open(to);
                }}
              >
                <span className="slds-truncate">
                  {isTemporary && <abbr title="Temporary tab">* </abbr>}
                  {item.label}
                </span>
              </a>
              {isTemporary && (
                <button
                  type="button"
                  className="slds-button slds-button_icon slds-button_icon-container slds-button_icon-small pc-tab-close"
                  title={`Close ${item.label}`}
                  onClick={() => close(item.object)}
                >
                  <UtilityIcon name="close" className="slds-button__icon" />
                  <span className="slds-assistive-text">Close {item.label}</span>
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {start.app.personalizable && (
        <button
          type="button"
          className="slds-button slds-button_icon slds-button_icon-container pc-personalize"
          title="Personalize your nav bar"
          onClick={() => store.send({ type: 'dialog', dialog: { show: 'navigation' } })}
        >
          <UtilityIcon name="edit" className="slds-button__icon" />
          <span className="slds-assistive-text">Personalize your nav bar</span>
        </button>
      )}
    </>
  );
}
