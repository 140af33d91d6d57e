import { useConsole, useConsoleState } from '../console-context.ts';
import type { Row } from '../wire.ts';

/** A telephone number: plain text until the softphone enables click-to-dial, then a button that dials it. */
export function PhoneNumber({ number, record }: { number: string; record: Row }) {
  const { dial } = useConsole();
  const enabled = useConsoleState((s) => s.clickToDial);
  if (!enabled) return <span>{number}</span>;
  return (
    <button
      type="button"
      className="slds-button pc-link"
      aria-label={`Dial ${number}`}
      title="Click to dial"
      onClick={() => dial({ number, recordId: record.id, recordName: record.name, objectType: record.object })}
    >
      {number}
    </button>
  );
}
