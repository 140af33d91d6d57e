import { At, Badge, Go, Said } from '../shell/parts.tsx';
import type { Call } from '../wire.ts';
import { agentName, caller, callType, lasted, outcome } from '../words.ts';

/** One call in the list: what came of it, and whose it was. */
export function CallRow({ call }: { call: Call }) {
  const { word, tone } = outcome(call.outcome);
  return (
    <li>
      <Go to={{ at: 'call', id: call.contactId }} className={`pc-row pc-edge-${tone}`} data-row={call.contactId}>
        <span className="pc-row-when">
          <At at={call.at} />
          <span className="pc-soft">{lasted(call)}</span>
        </span>
        <span className="pc-row-why">
          <span className="pc-sentence">
            <Said sentence={call.why} />
          </span>
          <span className="pc-soft pc-meta">
            <span>{callType(call)}</span>
            <span>{caller(call)}</span>
            <span>{agentName(call.agent)}</span>
            {call.queue !== '' && <span>{call.queue}</span>}
          </span>
        </span>
        <span className="pc-row-outcome">
          <Badge tone={tone}>{word}</Badge>
        </span>
      </Go>
    </li>
  );
}
