import { useEffect, useState } from 'react';
import { Button } from '../parts/Button.tsx';
import { Checkbox, Radios } from '../parts/inputs.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { Problem } from '../parts/SetupForm.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSetup } from '../setup-context.ts';
import { readDraft } from './installation-draft.ts';
import * as wire from './packages-wire.ts';

const impatient = 4_000; // milliseconds until the page says that it takes long
const every = 500;

type Access = 'None' | 'Full' | 'Custom';

/** The package installer: who gets access, then progress, then how it ended. */
export function Installer({ value: { listing, profiles } }: { value: wire.ListingPage }) {
  const { get, post } = useSetup().api;
  const { open } = useSetup();
  const [access, setAccess] = useState<Access>('None');
  const [chosen, setChosen] = useState<string[]>([]);
  const [state, setState] = useState<wire.Install | null>(null);
  const [slow, setSlow] = useState(false);
  const change = useChange();
  const id = state?.status === 'IN_PROGRESS' ? state.id : '';
  useEffect(() => {
    if (id === '') return;
    const look = setInterval(() => {
      get(`installs/${id}`, wire.install).then(setState, () => undefined); // asked again in a moment
    }, every);
    const late = setTimeout(() => setSlow(true), impatient);
    return () => {
      clearInterval(look);
      clearTimeout(late);
    };
  }, [id]);
  const done = () => open('ImportedPackage');
  const begin = () =>
    change.run(async () => {
      const draft = readDraft(window.sessionStorage, listing.id);
      if (!draft) {
        open('AppExchangeMarketplace', `/${listing.id}/confirm`);
        return;
      }
      setSlow(false);
      setState(await post('installs', wire.install, { version: listing.id, access, profiles: chosen, ...draft }));
    });
  return (
    <Screen icon="standard:store" title="Package Installer">
      <Card>
        <div className="slds-grid slds-gutters slds-wrap">
          <div className="slds-col slds-size_1-of-1 slds-large-size_3-of-4">
            <h2 className="slds-text-heading_large">Install {listing.package}</h2>
            <p className="slds-text-color_weak slds-m-bottom_large">By {listing.publisher}</p>
            <Problem of={change} />
            {state === null && (
              <>
                <Radios<Access>
                  legend="Who gets access to what the package brings"
                  value={access}
                  onChange={setAccess}
                  options={[
                    { value: 'None', label: 'Install for Admins Only' },
                    { value: 'Full', label: 'Install for All Users' },
                    {
                      value: 'Custom',
                      label: 'Install for Specific Profiles...',
                      children: <Profiles profiles={profiles} chosen={chosen} onChange={setChosen} />,
                    },
                  ]}
                />
                <Button variant="brand" onClick={() => void begin()} disabled={change.isBusy}>
                  Install
                </Button>
              </>
            )}
            {state?.status === 'IN_PROGRESS' && !slow && <Progress state={state} />}
            {state?.status === 'IN_PROGRESS' && slow && (
              <div role="status">
                <h3 className="slds-text-heading_medium slds-m-bottom_small">
                  This app is taking a long time to install.
                </h3>
                <p className="slds-m-bottom_medium">You will receive an email after the installation has completed.</p>
                <Button variant="brand" onClick={done}>
                  Done
                </Button>
              </div>
            )}
            {state?.status === 'SUCCESS' && (
              <div role="status">
                <h3 className="slds-text-heading_medium slds-m-bottom_small">Installation Complete!</h3>
                <p className="slds-m-bottom_medium">You will receive an email that confirms it.</p>
                <Button variant="brand" onClick={done}>
                  Done
                </Button>
              </div>
            )}
            {state?.status === 'ERROR' && (
              <div role="alert">
                <h3 className="slds-text-heading_medium slds-text-color_error slds-m-bottom_small">
                  Unable to install the package
                </h3>
                <p>Nothing in this org has changed. These problems were found:</p>
                <ul className="slds-list_dotted slds-m-vertical_small">
                  {state.errors.map((e) => (
                    <li key={e}>{e}</li>
                  ))}
                </ul>
                <Button onClick={() => setState(null)}>Back</Button>
              </div>
            )}
          </div>
          <dl className="slds-col slds-size_1-of-1 slds-large-size_1-of-4">
            <dt className="slds-text-color_weak">App Name</dt>
            <dd className="slds-m-bottom_x-small">{listing.package}</dd>
            <dt className="slds-text-color_weak">Publisher</dt>
            <dd className="slds-m-bottom_x-small">{listing.publisher}</dd>
            <dt className="slds-text-color_weak">Version Name</dt>
            <dd className="slds-m-bottom_x-small">{listing.versionName}</dd>
            <dt className="slds-text-color_weak">Version Number</dt>
            <dd>{listing.version}</dd>
          </dl>
        </div>
      </Card>
    </Screen>
  );
}

function Progress({ state }: { state: wire.Install }) {
  const percent = state.total === 0 ? 0 : Math.round((100 * state.deployed) / state.total);
  return (
    <div role="status">
      <p className="slds-text-heading_small slds-m-bottom_small">
        Installing and granting access. This can take a moment.
      </p>
      <progress className="pc-progress" max={100} value={percent} aria-label="Installation progress" />
      <p className="slds-text-color_weak">
        {state.deployed} of {state.total} components
      </p>
    </div>
  );
}

function Profiles({
  profiles,
  chosen,
  onChange,
}: {
  profiles: { name: string; label: string }[];
  chosen: string[];
  onChange(chosen: string[]): void;
}) {
  if (profiles.length === 0)
    return (
      <p className="slds-text-color_weak">
        This org has no custom profiles. System Administrator always has full access.
      </p>
    );
  return (
    <>
      {profiles.map((p) => (
        <Checkbox
          key={p.name}
          label={`${p.label}: Full Access`}
          checked={chosen.includes(p.name)}
          onChange={(on) => onChange(on ? [...chosen, p.name] : chosen.filter((c) => c !== p.name))}
        />
      ))}
    </>
  );
}
