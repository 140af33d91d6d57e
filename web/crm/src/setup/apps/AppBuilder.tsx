import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { UtilityIcon } from '../../shell/Icon.tsx';
import { DuelingList, TextInput } from '../screen/inputs.tsx';
import { Await, Button, FormTrouble, Table } from '../screen/Screen.tsx';
import { decodeNothing, useChange, usePhoneSetup, useSetup } from '../screen/setup-context.ts';
import * as wire from './app-wire.ts';
import { UtilityItems } from './UtilityItems.tsx';

const pages = [
  'App Details & Branding',
  'App Options',
  'Utility Items (Desktop Only)',
  'Navigation Items',
  'User Profiles',
] as const;
type Page = (typeof pages)[number];

/** The Lightning App Builder: the settings of one app, a page each, saved together. */
export function AppBuilder({ name }: { name: string }) {
  const { get } = usePhoneSetup();
  const [revision, setRevision] = useState(0);
  const loaded = useLoad(`app/${name}#${revision}`, () => get(`apps/${encodeURIComponent(name)}`, wire.app));
  return (
    <Await of={loaded} what="app">
      {(app) => (
        <Builder key={app.lastModified} app={app} saved={revision > 0} onSaved={() => setRevision((n) => n + 1)} />
      )}
    </Await>
  );
}

let lastPage: Page = pages[0]; // saving loads the app again, and leaves the person where they were

function Builder({ app, saved, onSaved }: { app: wire.App; saved: boolean; onSaved(): void }) {
  const { post } = usePhoneSetup();
  const { go } = useSetup();
  const [draft, setDraft] = useState(app);
  const [page, setPage] = useState<Page>(lastPage);
  const { busy, trouble, run } = useChange();
  const isChanged = JSON.stringify(draft) !== JSON.stringify(app);
  const choose = (p: Page) => {
    lastPage = p;
    setPage(p);
  };
  const change = (part: Partial<wire.App>) => {
    setDraft({ ...draft, ...part });
  };
  const save = () =>
    run(async () => {
      const { label, description, utilities, mirrored, tabs, lastModified } = draft;
      await post(`apps/${encodeURIComponent(app.name)}`, decodeNothing, {
        label,
        description,
        utilities,
        mirrored,
        tabs,
        lastModified,
      });
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
            <button
              type="button"
              className="slds-builder-header__item-action slds-button"
              onClick={() => go('NavigationMenus')}
            >
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
              {pages.map((p) => (
                <li key={p} className={`slds-nav-vertical__item ${p === page ? 'slds-is-active' : ''}`}>
                  <button
                    type="button"
                    className="slds-nav-vertical__action slds-button"
                    aria-current={p === page ? 'page' : undefined}
                    onClick={() => choose(p)}
                  >
                    {p}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        </nav>
        <section className="pc-builder-page" aria-label={page}>
          <h2 className="slds-text-heading_large slds-m-bottom_medium">{page}</h2>
          <FormTrouble trouble={trouble} />
          {saved && !isChanged && (
            <p role="status" className="slds-text-color_success slds-m-bottom_small">
              Your changes have been saved.
            </p>
          )}
          <PageOf page={page} app={draft} fields={trouble?.fields ?? {}} onChange={change} />
        </section>
      </div>
      <footer className="slds-docked-form-footer pc-builder-footer">
        <Button onClick={() => go('NavigationMenus')}>Cancel</Button>
        <Button variant="brand" onClick={() => void save()} disabled={busy || !isChanged}>
          Save
        </Button>
      </footer>
    </section>
  );
}

function PageOf({
  page,
  app,
  fields,
  onChange,
}: {
  page: Page;
  app: wire.App;
  fields: Record<string, string>;
  onChange(part: Partial<wire.App>): void;
}) {
  switch (page) {
    case 'App Details & Branding':
      return (
        <div className="pc-form">
          <TextInput
            label="App Name"
            required
            value={app.label}
            error={fields.label}
            onChange={(label) => onChange({ label })}
          />
          <TextInput label="Developer Name" readOnly value={app.developerName} onChange={() => undefined} />
          <TextInput
            label="Description"
            value={app.description}
            error={fields.description}
            onChange={(description) => onChange({ description })}
          />
        </div>
      );
    case 'App Options':
      return (
        <dl className="pc-details">
          <div className="pc-detail-line">
            <dt className="slds-text-color_weak">Navigation Style</dt>
            <dd>{app.navType === 'Console' ? 'Console navigation' : 'Standard navigation'}</dd>
          </div>
          <div className="pc-detail-line">
            <dt className="slds-text-color_weak">Supported Form Factors</dt>
            <dd>Desktop</dd>
          </div>
        </dl>
      );
    case 'Utility Items (Desktop Only)':
      return (
        <UtilityItems
          utilities={app.utilities}
          isMirrored={app.mirrored}
          fields={fields}
          onChange={(utilities) => onChange({ utilities })}
          onMirror={(mirrored) => onChange({ mirrored })}
        />
      );
    case 'Navigation Items':
      return (
        <DuelingList
          available="Available Items"
          chosen="Selected Items"
          options={{ all: app.available.map((t) => ({ value: t.name, label: t.label })), value: app.tabs }}
          onChange={(tabs) => onChange({ tabs })}
        />
      );
    case 'User Profiles':
      return (
        <>
          <p className="slds-m-bottom_small">Users with these profiles can open this app.</p>
          <Table
            name="User Profiles"
            rows={app.profiles}
            keyOf={(p) => p.name}
            empty="There are no profiles."
            columns={[{ label: 'Selected Profiles', cell: (p) => p.label }]}
          />
        </>
      );
    default:
      return page satisfies never;
  }
}
