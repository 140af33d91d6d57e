import type { Block } from './wire.ts';

/** A flow's text: paragraphs and lists of plain writing. Values in it are text, whatever they hold. */
export function FlowText({ blocks }: { blocks: Block[] }) {
  return (
    <div className="slds-text-longform slds-m-bottom_small">
      {grouped(blocks).map(({ key, kind, items }) =>
        kind === 'paragraph' ? (
          items.map((b) => <p key={key}>{runs(b)}</p>)
        ) : kind === 'number' ? (
          <ol key={key}>{points(items)}</ol>
        ) : (
          <ul key={key}>{points(items)}</ul>
        ),
      )}
    </div>
  );
}

interface Group {
  key: string;
  kind: string;
  items: Block[];
}

/** Neighbouring points of one kind are one list. */
export function grouped(blocks: Block[]): Group[] {
  const groups: Group[] = [];
  for (const [at, b] of blocks.entries()) {
    const last = groups[groups.length - 1];
    if (last && last.kind === b.kind && b.kind !== 'paragraph') last.items.push(b);
    else groups.push({ key: `${at}`, kind: b.kind, items: [b] });
  }
  return groups;
}

const points = (items: Block[]) => items.map((b, at) => <li key={`${at} ${b.runs.length}`}>{runs(b)}</li>);

function runs(block: Block): React.ReactNode[] {
  return block.runs.map((r, at) => {
    let shown: React.ReactNode = r.text;
    if (r.underline) shown = <u>{shown}</u>;
    if (r.italic) shown = <em>{shown}</em>;
    if (r.bold) shown = <strong>{shown}</strong>;
    return <span key={`${at} ${r.text}`}>{shown}</span>;
  });
}
