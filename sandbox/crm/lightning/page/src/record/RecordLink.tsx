import { useConsole } from '../console-context.ts';
import type { Reference } from '../wire.ts';

/** A record's name that opens the record; with Ctrl or Shift the browser does as with any link. */
export function RecordLink({ record }: { record: Reference }) {
  const { open } = useConsole();
  const { id, object, name } = record;
  return (
    <a
      href={`/lightning/r/${object}/${id}/view`}
      onClick={(e) => {
        if (e.ctrlKey || e.metaKey || e.shiftKey) return;
        e.preventDefault();
        open({ at: 'record', object, id }, name);
      }}
    >
      {name || id}
    </a>
  );
}
