import { UtilityIcon } from '../../shell/Icon.tsx';
import { type Entry, marked } from '../tree.ts';

interface Props {
  label: string;
  items: Entry[];
  isOpen(key: string): boolean;
  onToggle(key: string): void;
  current: string; // node
  typed: string;
  onOpen(node: string): void;
}

/** The tree of screens. Up and down move, right and left open and close a branch, Enter follows. */
export function NavTree(props: Props) {
  const keys = (e: React.KeyboardEvent<HTMLDivElement>) => {
    const rows = [...(e.currentTarget.closest('nav')?.querySelectorAll<HTMLElement>('[role=treeitem]') ?? [])];
    const at = rows.findIndex((one) => one.matches(':focus'));
    const row = rows[at];
    if (!row) return;
    const key = row.dataset.key ?? '';
    const expanded = row.getAttribute('aria-expanded');
    if (e.key === 'ArrowDown') rows[at + 1]?.focus();
    else if (e.key === 'ArrowUp') rows[at - 1]?.focus();
    else if (e.key === 'Home') rows[0]?.focus();
    else if (e.key === 'End') rows.at(-1)?.focus();
    else if (e.key === 'ArrowRight' && expanded === 'false') props.onToggle(key);
    else if (e.key === 'ArrowRight' && expanded === 'true') rows[at + 1]?.focus();
    else if (e.key === 'ArrowLeft' && expanded === 'true') props.onToggle(key);
    else if (e.key === 'ArrowLeft') parentOf(row)?.focus();
    else if (e.key === 'Enter' || e.key === ' ') row.querySelector<HTMLElement>('.pc-tree-action')?.click();
    else return;
    e.preventDefault();
  };
  return (
    <div className="slds-tree pc-tree" role="tree" aria-label={props.label} onKeyDown={keys}>
      {props.items.map((entry, i) => (
        <Row key={entry.key} {...props} entry={entry} level={1} isFirst={i === 0} />
      ))}
    </div>
  );
}

const parentOf = (row: HTMLElement) => row.parentElement?.closest<HTMLElement>('[role=treeitem]');

function Row({ entry, level, isFirst, ...props }: Props & { entry: Entry; level: number; isFirst: boolean }) {
  const isCurrent = entry.kind === 'leaf' && entry.node === props.current;
  const isOpen = entry.kind === 'branch' && props.isOpen(entry.key);
  const [before, hit, after] = marked(entry.label, props.typed);
  return (
    <div
      role="treeitem"
      aria-level={level}
      aria-label={entry.label}
      aria-expanded={entry.kind === 'branch' ? isOpen : undefined}
      aria-current={isCurrent ? 'page' : undefined}
      data-key={entry.key}
      tabIndex={isCurrent || isFirst ? 0 : -1}
    >
      <div className={`slds-tree__item ${isCurrent ? 'pc-is-current' : ''}`}>
        {entry.kind === 'branch' ? (
          <button
            type="button"
            tabIndex={-1}
            className="slds-button pc-tree-action"
            onClick={() => props.onToggle(entry.key)}
          >
            <UtilityIcon
              name="chevronright"
              className="slds-button__icon slds-button__icon_small slds-m-right_x-small"
            />
            <span>
              {before}
              <mark>{hit}</mark>
              {after}
            </span>
          </button>
        ) : (
          <a
            tabIndex={-1}
            className="pc-tree-action pc-tree-leaf"
            href={`/lightning/setup/${entry.node}/home`}
            onClick={(e) => {
              if (e.metaKey || e.ctrlKey || e.shiftKey) return;
              e.preventDefault();
              props.onOpen(entry.node);
            }}
          >
            {before}
            <mark>{hit}</mark>
            {after}
          </a>
        )}
      </div>
      {entry.kind === 'branch' && isOpen && (
        // biome-ignore lint/a11y/useSemanticElements: a branch of a tree
        <div role="group">
          {entry.items.map((item) => (
            <Row key={item.key} {...props} entry={item} level={level + 1} isFirst={false} />
          ))}
        </div>
      )}
    </div>
  );
}
