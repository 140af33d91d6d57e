import { At } from '../shell/parts.tsx';
import type { Leg } from '../wire.ts';
import { timeline } from './timeline.ts';

/** What happened to a contact at one agent, and what was done about it, by time. */
export function Timeline({ leg }: { leg: Leg }) {
  const moments = timeline(leg);
  if (moments.length === 0) return <p className="pc-soft">Nothing was told of this call.</p>;
  return (
    <ol className="pc-timeline">
      {moments.map((m) => (
        <li key={m.key} className={`pc-moment pc-moment-${m.kind}`}>
          <At at={m.at} show="precise" />
          <div>
            <p>
              {m.run === undefined ? m.what : <a href={`#run-${m.run}`}>{m.what}</a>}
              {m.raw !== '' && m.raw !== m.what && <code className="pc-raw">{m.raw}</code>}
            </p>
            {m.notes.length > 0 && <p className="pc-soft">{m.notes.join(' · ')}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}
