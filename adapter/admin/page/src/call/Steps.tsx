import { useState } from 'react';
import { asRefusal } from '../api.ts';
import { useDesk } from '../desk.ts';
import { Icon } from '../shell/icons.tsx';
import { At } from '../shell/parts.tsx';
import type { Run, Step } from '../wire.ts';
import { amount, length, size } from '../words.ts';
import { jsonText } from './json-text.ts';
import { shown } from './steps.ts';

/** The blocks of a flow that ran, each to be opened; those that the first answer had no room for are asked for. */
export function Steps({ run }: { run: Run }) {
  const { api } = useDesk();
  const [later, setLater] = useState<Step[]>([]);
  const [is, set] = useState<{ busy: boolean; problem: string }>({ busy: false, problem: '' });
  const steps = shown(run.steps, later);
  const total = Math.max(run.stepsTotal, steps.length);
  if (total === 0) return null;
  const load = () => {
    set({ busy: true, problem: '' });
    api.steps(run.id, (steps.at(-1)?.number ?? 0) + 1).then(
      (page) => {
        setLater((before) => [...before, ...page.steps]);
        set({ busy: false, problem: '' });
      },
      (error: unknown) => set({ busy: false, problem: asRefusal(error).message }),
    );
  };
  return (
    <>
      <ol className="pc-steps">
        {steps.map((step) => (
          <li key={step.number}>
            <StepView step={step} />
          </li>
        ))}
      </ol>
      {is.problem !== '' && <p role="alert">{is.problem}</p>}
      {steps.length < total && (
        <button type="button" className="slds-button slds-button_neutral" disabled={is.busy} onClick={load}>
          {is.busy ? 'Loading…' : `Show more steps (${amount(steps.length)} of ${amount(total)} shown)`}
        </button>
      )}
    </>
  );
}

function StepView({ step }: { step: Step }) {
  const [open, setOpen] = useState(false);
  const tone = step.problem !== '' ? 'bad' : step.open ? 'busy' : step.warning !== '' ? 'warn' : 'good';
  return (
    <details className="pc-step" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>
        <span className={`pc-dot pc-tone-${tone}`}>
          <Icon name={tone} />
        </span>
        <span className="pc-step-name">
          {step.number}. {step.title || step.type}
        </span>
        {step.title !== '' && <code className="pc-raw">{step.type}</code>}
        {step.in !== '' && <span className="pc-soft">in {step.in}</span>}
        <span className="pc-soft pc-step-end">
          {step.open ? 'not ended' : [step.port, length(step.took)].filter(Boolean).join(' · ')}
        </span>
        {step.problem !== '' && <span className="pc-step-problem">{step.problem}</span>}
        {step.warning !== '' && <span className="pc-step-warning">{step.warning}</span>}
      </summary>
      {open && (
        <div className="pc-step-body">
          <p className="pc-soft pc-meta">
            <span>
              began <At at={step.started} show="precise" />
            </span>
            <span>
              block <code>{step.action}</code>
            </span>
            {step.open && <span>Begun, and its end is not known</span>}
          </p>
          <Value name="Inputs" value={step.inputs} whole={step.inputsCut} step={step.number} />
          <Value name="Result" value={step.result} whole={step.resultCut} step={step.number} />
        </div>
      )}
    </details>
  );
}

/** A value as text, whatever is in it. */
function Value({ name, value, whole, step }: { name: string; value: unknown; whole: number; step: number }) {
  const text = jsonText(value);
  if (text === '') return <p className="pc-soft">{name}: none</p>;
  return (
    <div>
      <h5 className="pc-value-name">
        {name}
        {whole > 0 && <span className="pc-soft"> (cut: it has {size(whole)} in whole)</span>}
      </h5>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <figure className="pc-value" tabIndex={0} aria-label={`${name} of step ${step}`}>
        <pre>{text}</pre>
      </figure>
    </div>
  );
}
