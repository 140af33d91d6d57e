import { useEffect, useId, useRef, useState } from 'react';
import { Refusal } from '../api.ts';
import { useConsole, useLoad } from '../console-context.ts';
import type { Location } from '../routes.ts';
import { ObjectIcon } from '../shell/Icon.tsx';
import { Failed, Loading, Notice } from '../shell/States.tsx';
import { FlowFieldInput } from './FlowFieldInput.tsx';
import { FlowText } from './FlowText.tsx';
import {
  type Action,
  argsOf,
  type FlowScreen,
  type Interview,
  readInterview,
  startFlow,
  stepFlow,
  valuesOf,
} from './wire.ts';

type FlowLocation = Extract<Location, { at: 'flow' }>;

/** A flow that runs in a tab: one that was started for it, or one that starts with the page. */
export function FlowPage({ location }: { location: FlowLocation }) {
  const { api } = useConsole();
  const [again, setAgain] = useState(0);
  const { name, interview, args } = location;
  const loaded = useLoad(`flow/${name}/${interview}/${args}/${again}`, () =>
    interview !== '' && again === 0 ? readInterview(api, interview) : startFlow(api, name, argsOf(args)),
  );
  useTitle(location, loaded.is === 'failed' ? name : '');
  if (loaded.is === 'loading') return <Loading what="flow" />;
  if (loaded.is === 'failed') {
    const isGone = loaded.error instanceof Refusal && loaded.error.problems[0]?.code === 'INTERVIEW_GONE';
    if (!isGone) return <Failed error={loaded.error} />;
    return (
      <div role="alert" className="pc-card">
        <Notice icon="clock" title="This flow interview isn't available anymore">
          It was left for too long, or others took its place.
        </Notice>
        <p className="slds-text-align_center slds-p-bottom_large">
          <button type="button" className="slds-button slds-button_brand" onClick={() => setAgain(again + 1)}>
            Start again
          </button>
        </p>
      </div>
    );
  }
  return <Running key={`${interview}/${again}`} location={location} first={loaded.value} />;
}

/** Gives the flow's tab its title, once there is one. */
function useTitle(location: FlowLocation, title: string) {
  const { store } = useConsole();
  useEffect(() => {
    if (title !== '') store.send({ type: 'workspace', event: { type: 'titled', location, title } });
  }, [title, location, store]);
}

function Running({ location, first }: { location: FlowLocation; first: Interview }) {
  const { api, store } = useConsole();
  const [now, setNow] = useState(first);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState('');
  useTitle(location, first.label);

  const step = async (action: Action, values: Record<string, string>) => {
    setBusy(true);
    setTrouble('');
    try {
      const after = await stepFlow(api, now, action, values);
      setNow(after);
      if (after.number !== now.number) store.send({ type: 'changed' }); // records may be others now
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : 'Something went wrong. Try again.');
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="slds-container_medium slds-container_center slds-p-around_medium">
      <section className="pc-card" aria-label={now.label}>
        <div className="slds-page-header slds-page-header_joined">
          <div className="slds-media slds-media_center">
            <div className="slds-media__figure">
              <ObjectIcon icon="standard:flow" />
            </div>
            <div className="slds-media__body">
              <h1 className="slds-page-header__title slds-truncate">{now.label}</h1>
            </div>
          </div>
        </div>
        {now.screen && (
          <ScreenForm
            key={now.number}
            screen={now.screen}
            isFirst={now.number === first.number}
            isBusy={isBusy}
            trouble={trouble}
            onStep={step}
          />
        )}
        {!now.screen && <Ending at={now} isFirst={now === first} />}
      </section>
    </div>
  );
}

/** What stands in place of a screen when a flow is over. */
function Ending({ at, isFirst }: { at: Interview; isFirst: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isFirst) box.current?.focus();
  }, [isFirst]);
  return (
    <div ref={box} tabIndex={-1} role={at.fault ? 'alert' : 'status'} className="pc-flow-title">
      {at.fault ? (
        <>
          <Notice icon="warning" title={at.fault.title}>
            {at.fault.message}
          </Notice>
          {at.fault.detail !== '' && <p className="slds-box slds-m-around_medium pc-flow-detail">{at.fault.detail}</p>}
        </>
      ) : (
        <Notice icon="success" title="Your flow finished." />
      )}
    </div>
  );
}

interface FormProps {
  screen: FlowScreen;
  isFirst: boolean;
  isBusy: boolean;
  trouble: string;
  onStep(action: Action, values: Record<string, string>): void;
}

/** A screen with what is typed into it; the server says what is wrong with that. */
function ScreenForm({ screen, isFirst, isBusy, trouble, onStep }: FormProps) {
  const [values, setValues] = useState(() => valuesOf(screen));
  const [changed, setChanged] = useState<Set<string>>(new Set());
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  const wrong = screen.fields.filter((f) => f.error !== '').length;
  useEffect(() => setChanged(new Set()), [screen]);
  useEffect(() => {
    if (wrong > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    else if (!isFirst) heading.current?.focus(); // a flow that just came up leaves the focus where the person is
  }, [wrong, screen, isFirst]);
  const errorOf = (name: string, error: string) => (changed.has(name) ? '' : error);
  const set = (name: string, value: string) => {
    setValues((before) => ({ ...before, [name]: value }));
    setChanged((before) => new Set(before).add(name));
  };
  return (
    <form
      ref={form}
      noValidate
      aria-labelledby={id}
      onSubmit={(e) => {
        e.preventDefault();
        if (!isBusy) onStep('NEXT', values);
      }}
    >
      <div className="slds-p-around_medium">
        <h2
          id={id}
          ref={heading}
          tabIndex={-1}
          className={
            screen.header ? 'slds-text-heading_small slds-m-bottom_medium pc-flow-title' : 'slds-assistive-text'
          }
        >
          {screen.label}
        </h2>
        {trouble !== '' && (
          <div role="alert" className="pc-form-error">
            {trouble}
          </div>
        )}
        {screen.help.length > 0 && <FlowText blocks={screen.help} />}
        {screen.fields.map((f) => (
          <FlowFieldInput
            key={f.name}
            field={f}
            value={values[f.name] ?? ''}
            error={errorOf(f.name, f.error)}
            onChange={(value) => set(f.name, value)}
          />
        ))}
      </div>
      <div className="slds-modal__footer slds-clearfix pc-flow-footer">
        {screen.back && (
          <button
            type="button"
            className="slds-button slds-button_neutral slds-float_left"
            disabled={isBusy}
            onClick={() => onStep('BACK', values)}
          >
            {screen.backLabel}
          </button>
        )}
        <button type="submit" className="slds-button slds-button_brand" disabled={isBusy}>
          {screen.nextLabel}
        </button>
      </div>
    </form>
  );
}
