import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { UtilityIcon } from '../../shell/Icon.tsx';
import { Modal } from '../../shell/Modal.tsx';
import { classic } from '../location.ts';
import { Await } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { Problem } from '../parts/SetupForm.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';
import { ConfirmInstallation } from './ConfirmInstallation.tsx';
import { Installer } from './Installer.tsx';
import * as wire from './packages-wire.ts';

const node = 'AppExchangeMarketplace';

/** Setup → AppExchange Marketplace: the store, a listing, and the way to its installation. */
export function AppExchange() {
  const { parts, query } = classic(useSetup().location.address);
  const [id, page = ''] = parts;
  const { get } = useSetup().api;
  if (id === undefined || id === 'search') return <Store query={id === 'search' ? (query.get('q') ?? '') : null} />;
  return (
    <ListingScreens
      key={id}
      id={id}
      page={page}
      load={() => get(`listings/${encodeURIComponent(id)}`, wire.listingPage)}
    />
  );
}

function ListingScreens({ id, page, load }: { id: string; page: string; load(): Promise<wire.ListingPage> }) {
  const loaded = useLoad(`listing/${id}/${page}`, load);
  return (
    <Await of={loaded} what="listing">
      {(value) => {
        switch (page) {
          case 'where':
            return <WhereToInstall value={value} />;
          case 'confirm':
            return <ConfirmInstallation value={value} />;
          case 'install':
            return <Installer value={value} />;
          default:
            return <ListingDetail value={value} />;
        }
      }}
    </Await>
  );
}

function Store({ query }: { query: string | null }) {
  const { get } = useSetup().api;
  const { open } = useSetup();
  const [typed, setTyped] = useState(query ?? '');
  const loaded = useLoad(`listings/${query ?? ''}`, () =>
    get(`listings?q=${encodeURIComponent(query ?? '')}`, wire.listings),
  );
  return (
    <Screen icon="standard:store" title="AppExchange Marketplace">
      <Card>
        <search>
          <form
            className="slds-m-bottom_large"
            onSubmit={(e) => {
              e.preventDefault();
              open(node, `/search?q=${encodeURIComponent(typed.trim())}`);
            }}
          >
            <div className="slds-form-element">
              <div className="slds-form-element__control slds-input-has-icon slds-input-has-icon_left">
                <UtilityIcon
                  name="search"
                  className="slds-icon slds-input__icon slds-input__icon_left slds-icon-text-default"
                />
                <input
                  type="search"
                  className="slds-input"
                  aria-label="Search AppExchange"
                  placeholder="Search AppExchange"
                  value={typed}
                  onChange={(e) => setTyped(e.target.value)}
                />
              </div>
            </div>
          </form>
        </search>
        <h2 className="slds-text-heading_medium slds-m-bottom_small">
          {query === null ? 'Recommended for You' : 'Search Results'}
        </h2>
        <Await of={loaded} what="listings">
          {({ listings }) =>
            listings.length === 0 ? (
              <p className="slds-text-color_weak" role="status">
                We couldn't find anything for “{query}”. Check the spelling, or try a more general term.
              </p>
            ) : (
              <ul className="pc-listings">
                {listings.map((l) => (
                  <li key={l.id}>
                    <button type="button" className="slds-card pc-listing" onClick={() => open(node, `/${l.id}`)}>
                      <span className="pc-listing-mark" aria-hidden="true">
                        {l.title.charAt(0)}
                      </span>
                      <span className="slds-text-heading_small">{l.title}</span>
                      <span className="slds-text-color_weak">By {l.publisher}</span>
                      <span>{l.tagline}</span>
                      {l.installed && <span className="slds-badge slds-theme_success">Installed</span>}
                    </button>
                  </li>
                ))}
              </ul>
            )
          }
        </Await>
      </Card>
    </Screen>
  );
}

/** The first time a person installs, AppExchange asks to log in and to be allowed in. */
function ListingDetail({ value }: { value: wire.ListingPage }) {
  const { listing, orgName } = value;
  const { post } = useSetup().api;
  const { open } = useSetup();
  const [step, setStep] = useState<'' | 'login' | 'allow'>('');
  const change = useChange();
  const where = () => open(node, `/${listing.id}/where`);
  return (
    <Screen
      icon="standard:store"
      title="AppExchange Marketplace"
      actions={<Button onClick={() => open(node)}>Back to AppExchange</Button>}
    >
      <Card>
        <article>
          <div className="slds-grid slds-gutters slds-wrap">
            <div className="slds-col slds-size_1-of-1 slds-large-size_2-of-3">
              <div className="slds-media slds-m-bottom_medium">
                <span className="pc-listing-mark slds-media__figure" aria-hidden="true">
                  {listing.title.charAt(0)}
                </span>
                <div className="slds-media__body">
                  <h2 className="slds-text-heading_large">{listing.title}</h2>
                  <p className="slds-text-color_weak">By {listing.publisher}</p>
                </div>
              </div>
              <p className="slds-text-heading_small slds-m-bottom_small">{listing.tagline}</p>
              <div className="slds-text-longform">
                {listing.description.map((p) => (
                  <p key={p}>{p}</p>
                ))}
                <h3>Highlights</h3>
                <ul>
                  {listing.highlights.map((h) => (
                    <li key={h}>{h}</li>
                  ))}
                </ul>
              </div>
            </div>
            <div className="slds-col slds-size_1-of-1 slds-large-size_1-of-3">
              <div className="slds-box">
                <Button variant="brand" onClick={() => (listing.allowed ? where() : setStep('login'))}>
                  Get It Now
                </Button>
                {listing.installed && (
                  <p className="slds-m-top_small slds-text-color_success">This version is installed in this org.</p>
                )}
                <dl className="slds-m-top_medium">
                  <dt className="slds-text-color_weak">Package</dt>
                  <dd>{listing.package}</dd>
                  <dt className="slds-text-color_weak">Version</dt>
                  <dd>{listing.version}</dd>
                  <dt className="slds-text-color_weak">Compatible with</dt>
                  <dd>Lightning Experience</dd>
                </dl>
              </div>
            </div>
          </div>
        </article>
      </Card>
      {step === 'login' && (
        <Modal
          title="Log In to AppExchange"
          size="small"
          onClose={() => setStep('')}
          footer={
            <>
              <Button onClick={() => setStep('')}>Cancel</Button>
              <Button variant="brand" onClick={() => setStep('allow')}>
                Open Login Screen
              </Button>
            </>
          }
        >
          <p>To install {listing.title}, log in to AppExchange with the account of this org.</p>
        </Modal>
      )}
      {step === 'allow' && (
        <Modal
          title="Allow Access?"
          size="small"
          onClose={() => setStep('')}
          footer={
            <>
              <Button onClick={() => setStep('')}>Deny</Button>
              <Button
                variant="brand"
                disabled={change.isBusy}
                onClick={() =>
                  void change.run(async () => {
                    await post('seen/appexchange', done, {});
                    where();
                  })
                }
              >
                Allow
              </Button>
            </>
          }
        >
          <Problem of={change} />
          <p className="slds-m-bottom_small">AppExchange is asking to:</p>
          <ul className="slds-list_dotted">
            <li>Access your basic information</li>
            <li>Know that you work with {orgName}</li>
          </ul>
        </Modal>
      )}
    </Screen>
  );
}

function WhereToInstall({ value: { listing, orgName } }: { value: wire.ListingPage }) {
  const { open } = useSetup();
  return (
    <Screen
      icon="standard:store"
      title="AppExchange Marketplace"
      actions={<Button onClick={() => open(node, `/${listing.id}`)}>Back to Listing</Button>}
    >
      <Card>
        <h2 className="slds-text-heading_large slds-m-bottom_large">Where do you want to install {listing.title}?</h2>
        <div className="slds-grid slds-gutters slds-wrap">
          <section className="slds-col slds-size_1-of-1 slds-medium-size_1-of-2" aria-label="Install in This Org">
            <div className="slds-box pc-where">
              <h3 className="slds-text-heading_medium slds-m-bottom_small">Install in This Org</h3>
              <p className="slds-m-bottom_medium">
                Install in {orgName}, the org that you're logged in to, so that its users can work with it.
              </p>
              <Button variant="brand" onClick={() => open(node, `/${listing.id}/confirm`)}>
                Install Here
              </Button>
            </div>
          </section>
          <section className="slds-col slds-size_1-of-1 slds-medium-size_1-of-2" aria-label="Install in a Sandbox">
            <div className="slds-box pc-where">
              <h3 className="slds-text-heading_medium slds-m-bottom_small">Install in a Sandbox</h3>
              <p className="slds-m-bottom_medium">Try it in a copy of your org first. This org has no sandboxes.</p>
              <Button disabled onClick={() => undefined}>
                Install in Sandbox
              </Button>
            </div>
          </section>
        </div>
      </Card>
    </Screen>
  );
}
