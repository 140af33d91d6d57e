import { useRef, useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Modal } from '../../shell/Modal.tsx';
import { Await } from '../parts/Await.tsx';
import { Act, Button } from '../parts/Button.tsx';
import { Problem } from '../parts/SetupForm.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSetup } from '../setup-context.ts';
import { AppPage } from './AppPage.tsx';
import * as wire from './app-wire.ts';

/** The wizard of a new Lightning app: the builder's pages one after the other, saved at the end. */
export function NewApp({ onClose }: { onClose(): void }) {
  const { get } = useSetup().api;
  const loaded = useLoad('app-form', () => get('app-form', wire.app));
  if (loaded.is === 'ready') return <Wizard blank={loaded.value} onClose={onClose} />;
  return (
    <Modal title="New Lightning App" size="large" onClose={onClose} footer={<Button onClick={onClose}>Cancel</Button>}>
      <Await of={loaded} what="app">
        {() => null}
      </Await>
    </Modal>
  );
}

function Wizard({ blank, onClose }: { blank: wire.App; onClose(): void }) {
  const { post } = useSetup().api;
  const { open, say } = useSetup();
  const [app, setApp] = useState(() => wire.draftOf(blank));
  const [step, setStep] = useState(0);
  const [missing, setMissing] = useState<Record<string, string>>({});
  const heading = useRef<HTMLHeadingElement>(null);
  const change = useChange();
  const page = wire.pages[step] ?? wire.pages[0];
  const isLast = step === wire.pages.length - 1;
  const goTo = (to: number) => {
    setStep(to);
    requestAnimationFrame(() => heading.current?.focus());
  };
  const next = () => {
    const found = lacking(app, page);
    setMissing(found);
    if (Object.keys(found).length === 0) goTo(step + 1);
  };
  const finish = () =>
    change.run(async () => {
      const { revision: _, ...form } = wire.saved(app);
      await post('apps', wire.made, { ...form, revision: '', developerName: app.developerName });
      say('success', `The app "${app.label}" was created.`);
      onClose();
      open('NavigationMenus');
    });
  const fields = { ...change.fields, ...missing };
  const [wrong] = Object.keys(change.fields);
  return (
    <Modal
      title="New Lightning App"
      size="large"
      onClose={onClose}
      footer={
        <div className="slds-grid slds-grid_align-spread slds-grid_vertical-align-center">
          <Button onClick={() => goTo(step - 1)} disabled={step === 0}>
            Back
          </Button>
          <Progress at={step} />
          {isLast ? (
            <Button variant="brand" onClick={() => void finish()} disabled={change.isBusy}>
              Save & Finish
            </Button>
          ) : (
            <Button variant="brand" onClick={next}>
              Next
            </Button>
          )}
        </div>
      }
    >
      <section aria-label={page} className="pc-wizard">
        <h2 ref={heading} tabIndex={-1} className="slds-text-heading_medium slds-m-bottom_medium">
          {page}
        </h2>
        <Problem of={change} />
        {wrong !== undefined && wire.pageOf(wrong) !== page && (
          <p className="slds-m-bottom_small">
            <Act label={`Go to ${wire.pageOf(wrong)}`} onAct={() => goTo(wire.pages.indexOf(wire.pageOf(wrong)))} />
          </p>
        )}
        <AppPage
          page={page}
          app={app}
          fields={fields}
          onChange={(part) => {
            setApp(named({ ...app, ...part }, app));
            setMissing({});
            if (change.problem !== '') change.clear();
          }}
          isNew
        />
      </section>
    </Modal>
  );
}

/** The developer name follows the app's name until somebody types another one. */
function named(app: wire.Draft, before: wire.Draft): wire.Draft {
  const isOwn = before.developerName !== wire.developerNameOf(before.label);
  return isOwn || app.label === before.label ? app : { ...app, developerName: wire.developerNameOf(app.label) };
}

/** What a step must have before the next one. */
function lacking(app: wire.App, page: wire.Page): Record<string, string> {
  const out: Record<string, string> = {};
  if (page === 'App Details & Branding') {
    if (app.label.trim() === '') out.label = 'Enter a name for the app.';
    if (app.developerName.trim() === '') out.developerName = 'Enter a developer name.';
  }
  if (page === 'Navigation Items' && app.tabs.length === 0) out.tabs = 'Select at least one navigation item.';
  return out;
}

function Progress({ at }: { at: number }) {
  const most = wire.pages.length - 1;
  return (
    <div className="slds-progress pc-progress-steps">
      <ol className="slds-progress__list">
        {wire.pages.map((page, i) => (
          <li
            key={page}
            className={`slds-progress__item ${i < at ? 'slds-is-completed' : i === at ? 'slds-is-active' : ''}`}
          >
            <span className="slds-progress__marker" aria-current={i === at ? 'step' : undefined}>
              <span className="slds-assistive-text">
                Step {i + 1} of {most + 1}: {page}
              </span>
            </span>
          </li>
        ))}
      </ol>
      <div
        className="slds-progress-bar slds-progress-bar_x-small"
        role="progressbar"
        aria-label="Progress"
        aria-valuemin={1}
        aria-valuemax={most + 1}
        aria-valuenow={at + 1}
      >
        <span
          className="slds-progress-bar__value"
          ref={(bar) => bar?.style.setProperty('width', `${(100 * at) / most}%`)}
        />
      </div>
    </div>
  );
}
