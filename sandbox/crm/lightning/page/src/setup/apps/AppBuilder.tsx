import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { UtilityIcon } from '../../shell/Icon.tsx';
import { Await } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Problem } from '../parts/SetupForm.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';
import { AppPage } from './AppPage.tsx';
import * as wire from './app-wire.ts';

/** The Lightning App Builder: the settings of one app, a page each, saved together. */
export function AppBuilder({ name }: { name: string }) {
  const { get } = useSetup().api;
  const [revision, setRevision] = useState(0);
  const [page, setPage] = useState<wire.Page>(wire.pages[0]); // saving loads the app again, and leaves the person where they were
  const loaded = useLoad(`app/${name}#${revision}`, () => get(`apps/${encodeURIComponent(name)}`, wire.app));
  return (
    <Await of={loaded} what="app">
      {(app) => (
        <Builder
          key={app.revision}
          app={app}
          page={page}
          saved={revision > 0}
          onPage={setPage}
          onSaved={() => setRevision((n) => n + 1)}
        />
      )}
    </Await>
  );
}

interface Props {
  app: wire.App;
  page: wire.Page;
  saved: boolean; // the app as shown was just saved
  onPage(page: wire.Page): void;
  onSaved(): void;
}

function Builder({ app, page, saved, onPage, onSaved }: Props) {
  const { post } = useSetup().api;
  const { open } = useSetup();
  const [draft, setDraft] = useState(app);
  const change = useChange();
  const isChanged = JSON.stringify(draft) !== JSON.stringify(app);
  const wrong = new Set(Object.keys(change.fields).map(wire.pageOf));
  const [isLeaving, setLeaving] = useState(false);
  const back = () => open('NavigationMenus');
  const leave = () => (isChanged ? setLeaving(true) : back());
  const save = () =>
    change.run(async () => {
      await post(`apps/${encodeURIComponent(app.name)}`, done, wire.saved(draft));
      onSaved();
    });
  return (
    <section className="pc-builder" aria-label="Lightning App Builder">
      <header className="slds-builder-header_container">
        <div className="slds-builder-header">
          <div className="slds-builder-header__item">
            <div className="slds-builder-header__item-label slds-media slds-media_center">
              <UtilityIcon name="builder" className="slds-icon slds-icon_x-small pc-builder-icon" />
              <span className="slds-media__body slds-m-left_x-small">Lightning App Builder</span>
            </div>
          </div>
          <div className="slds-builder-header__item pc-builder-name">
            <h1 className="slds-builder-header__item-label">{app.label}</h1>
          </div>
          <div className="slds-builder-header__item">
            <button type="button" className="slds-builder-header__item-action slds-button" onClick={leave}>
              <UtilityIcon name="back" className="slds-icon slds-icon_x-small pc-builder-icon" />
              <span className="slds-m-left_x-small">Back</span>
            </button>
          </div>
        </div>
      </header>
      <div className="pc-builder-body">
        <nav className="slds-nav-vertical pc-builder-nav" aria-label="App Settings">
          <div className="slds-nav-vertical__section">
            <h2 className="slds-nav-vertical__title">App Settings</h2>
            <ul>
              {wire.pages.map((p) => (
                <li key={p} className={`slds-nav-vertical__item ${p === page ? 'slds-is-active' : ''}`}>
                  <button
                    type="button"
                    className="slds-nav-vertical__action slds-button"
                    aria-current={p === page ? 'page' : undefined}
                    onClick={() => onPage(p)}
                  >
                    {p}
                    {wrong.has(p) && (
                      <UtilityIcon
                        name="error"
                        className="slds-icon slds-icon_x-small slds-icon-text-error slds-m-left_x-small"
                      />
                    )}
                    {wrong.has(p) && <span className="slds-assistive-text">has errors</span>}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        </nav>
        <section className="pc-builder-page" aria-label={page}>
          <h2 className="slds-text-heading_large slds-m-bottom_medium">{page}</h2>
          <Problem of={change} />
          {saved && !isChanged && (
            <p role="status" className="slds-text-color_success slds-m-bottom_small">
              Your changes have been saved.
            </p>
          )}
          <AppPage
            page={page}
            app={draft}
            fields={change.fields}
            onChange={(part) => setDraft({ ...draft, ...part })}
          />
        </section>
      </div>
      <footer className="slds-docked-form-footer pc-builder-footer">
        <Button onClick={leave}>Cancel</Button>
        <Button variant="brand" onClick={() => void save()} disabled={change.isBusy || !isChanged}>
          Save
        </Button>
      </footer>
      {isLeaving && (
        <ConfirmDialog
          title="Unsaved Changes"
          act="Discard Changes"
          onAct={async () => back()}
          onClose={() => setLeaving(false)}
        >
          <p>You have unsaved changes. If you leave now, they are lost.</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
