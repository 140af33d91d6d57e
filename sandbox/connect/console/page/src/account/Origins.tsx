import { Loading } from '@patchcord/ui/Loading.tsx';
import { Modal } from '@patchcord/ui/Modal.tsx';
import { useId, useState } from 'react';
import { list, object, text } from '../decode.ts';
import { useDesk } from '../desk.ts';
import { Confirm } from '../shell/Confirm.tsx';
import { Alert, Empty, PageHeader, useLoaded, words } from '../shell/parts.tsx';
import type { Instance } from '../wire.ts';

type Asking = { show: 'nothing' } | { show: 'add' } | { show: 'remove'; origin: string };

/** The origins whose pages may show the Contact Control Panel. */
export function Origins({ instance }: { instance: Instance }) {
  const { api, say } = useDesk();
  const [asking, ask] = useState<Asking>({ show: 'nothing' });
  const [error, setError] = useState('');
  const { state, again } = useLoaded(
    () => api.op('GET', '/instance/{I}/approved-origins', object({ Origins: list(text) })),
    instance.id,
  );
  const close = () => ask({ show: 'nothing' });
  const remove = async (origin: string) => {
    close();
    try {
      await api.send('DELETE', `/instance/{I}/approved-origin?${new URLSearchParams({ origin })}`);
      setError('');
      say(`${origin} was removed.`);
    } catch (e) {
      setError(words(e));
    }
    again();
  };
  const origins = state.is === 'ready' ? state.value.Origins : [];
  return (
    <>
      <PageHeader above={instance.alias} title="Application integration" />
      <section className="cc-card" aria-labelledby="origins">
        <div className="cc-section">
          <div>
            <h2 id="origins" className="slds-text-heading_small">
              Approved origins
            </h2>
            <p className="slds-text-color_weak">
              Pages of these origins may show the Contact Control Panel. An origin is a scheme and a host, without a
              path.
            </p>
          </div>
          <button type="button" className="slds-button slds-button_brand" onClick={() => ask({ show: 'add' })}>
            + Add origin
          </button>
        </div>
        {error && <Alert>{error}</Alert>}
        {state.is === 'loading' && <Loading what="approved origins" />}
        {state.is === 'failed' && <Alert>{words(state.error)}</Alert>}
        {state.is === 'ready' && origins.length === 0 && (
          <Empty title="No approved origins">Add the origins of the pages that show the Contact Control Panel.</Empty>
        )}
        {origins.length > 0 && (
          <table className="slds-table slds-table_bordered cc-table" aria-label="Approved origins">
            <thead>
              <tr className="slds-line-height_reset">
                <th scope="col">Origin URL</th>
                <th scope="col">
                  <span className="slds-assistive-text">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {origins.map((origin) => (
                <tr key={origin}>
                  <th scope="row">{origin}</th>
                  <td className="cc-row-actions">
                    <button
                      type="button"
                      className="slds-button"
                      aria-label={`Remove ${origin}`}
                      onClick={() => ask({ show: 'remove', origin })}
                    >
                      Remove
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      {asking.show === 'add' && (
        <AddOrigin
          onClose={close}
          onAdded={(origin) => {
            close();
            say(`${origin} was added.`);
            again();
          }}
        />
      )}
      {asking.show === 'remove' && (
        <Confirm title="Remove origin" verb="Remove" onClose={close} onConfirm={() => void remove(asking.origin)}>
          <p>
            Pages of <strong>{asking.origin}</strong> will not be able to show the Contact Control Panel any more.
          </p>
        </Confirm>
      )}
    </>
  );
}

function AddOrigin({ onClose, onAdded }: { onClose(): void; onAdded(origin: string): void }) {
  const { api } = useDesk();
  const [origin, setOrigin] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const id = useId();
  const add = async (e: React.FormEvent) => {
    e.preventDefault();
    setBusy(true);
    try {
      await api.send('PUT', '/instance/{I}/approved-origin', { Origin: origin.trim() });
      onAdded(origin.trim());
    } catch (refused) {
      setError(words(refused));
      setBusy(false);
    }
  };
  const footer = (
    <>
      <button type="button" className="slds-button slds-button_neutral" onClick={onClose}>
        Cancel
      </button>
      <button type="submit" form={`${id}-form`} className="slds-button slds-button_brand" disabled={busy}>
        Add
      </button>
    </>
  );
  return (
    <Modal title="Add origin" size="small" footer={footer} onClose={onClose}>
      <form id={`${id}-form`} noValidate onSubmit={(e) => void add(e)}>
        <div className={`slds-form-element ${error ? 'slds-has-error' : ''}`}>
          <label className="slds-form-element__label" htmlFor={id}>
            Enter origin URL
          </label>
          <div className="slds-form-element__control">
            <input
              id={id}
              className="slds-input"
              type="url"
              autoComplete="off"
              placeholder="https://example.com"
              maxLength={2000}
              value={origin}
              aria-invalid={error !== ''}
              aria-describedby={error ? `${id}-error` : undefined}
              onChange={(e) => setOrigin(e.currentTarget.value)}
            />
          </div>
          {error && (
            <div className="slds-form-element__help" id={`${id}-error`} role="alert">
              {error}
            </div>
          )}
        </div>
      </form>
    </Modal>
  );
}
