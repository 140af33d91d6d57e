import { At, Badge, Said } from '../shell/parts.tsx';
import { RunActions } from '../waiting/RunActions.tsx';
import type { Run } from '../wire.ts';
import { count, length, runTitle, status } from '../words.ts';
import { Steps } from './Steps.tsx';

/** One thing that was done, is to be done or was not, why, and each of its steps. */
export function RunView({ run, onDone }: { run: Run; onDone(): void }) {
  const { word, tone } = status(run.status);
  return (
    <section className="pc-run" id={`run-${run.id}`} aria-label={`${runTitle(run)}, ${word}`} tabIndex={-1}>
      <div className="pc-run-head">
        <h4 className="pc-run-title">{runTitle(run)}</h4>
        <Badge tone={tone}>{word}</Badge>
        <RunActions run={run} onDone={onDone} />
      </div>
      {run.why && (
        <p className="pc-sentence">
          <Said sentence={run.why} />
        </p>
      )}
      <p className="pc-soft pc-meta">
        <span>
          began <At at={run.created} show="precise" />
        </span>
        {run.ended !== '' && <span>took {length(run.took)}</span>}
        {run.wake !== '' && run.ended === '' && (
          <span>
            next try <At at={run.wake} />
          </span>
        )}
        {run.tries > 0 && <span>{count(run.tries, 'try', 'tries')} came to nothing</span>}
        {run.event !== '' && <code>{run.event}</code>}
        {run.version !== '' && (
          <span>
            version <code>{run.version}</code>
          </span>
        )}
        <span>run {run.id}</span>
      </p>
      <Steps run={run} />
    </section>
  );
}
