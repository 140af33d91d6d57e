import { useEffect } from 'react';
import { useConsole, useLoad } from '../console-context.ts';
import type { Location } from '../routes.ts';
import { ObjectIcon } from '../shell/Icon.tsx';
import { Failed, Loading } from '../shell/States.tsx';
import { argsOf, readFlow } from './wire.ts';

/** A flow in its tab: which one it is and the arguments that it got. Its screens are not run. */
export function FlowPage({ location }: { location: Extract<Location, { at: 'flow' }> }) {
  const { api, store } = useConsole();
  const { name, args } = location;
  const loaded = useLoad(`flow/${name}`, () => readFlow(api, name));
  const title = loaded.is === 'ready' ? loaded.value.label : loaded.is === 'failed' ? name : '';
  useEffect(() => {
    if (title !== '') store.send({ type: 'workspace', event: { type: 'titled', location, title } });
  }, [title, location, store]);
  if (loaded.is === 'loading') return <Loading what="flow" />;
  if (loaded.is === 'failed') return <Failed error={loaded.error} />;
  return (
    <section className="pc-card" aria-label={loaded.value.label}>
      <div className="slds-page-header slds-page-header_joined">
        <div className="slds-media slds-media_center">
          <div className="slds-media__figure">
            <ObjectIcon icon="standard:flow" />
          </div>
          <div className="slds-media__body">
            <h1 className="slds-page-header__title slds-truncate">{loaded.value.label}</h1>
            <p className="slds-page-header__meta-text">{loaded.value.name}</p>
          </div>
        </div>
      </div>
      <Arguments given={argsOf(args)} />
    </section>
  );
}

function Arguments({ given }: { given: [name: string, value: string][] }) {
  if (given.length === 0) return <p className="slds-p-around_medium">The flow was opened without arguments.</p>;
  return (
    <table className="slds-table slds-table_cell-buffer slds-table_bordered" aria-label="Arguments">
      <thead>
        <tr className="slds-line-height_reset">
          <th scope="col">Argument</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {given.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
