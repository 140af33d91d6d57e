import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Await, Button, Card, Screen } from '../screen/Screen.tsx';
import { shownMoment, usePhoneSetup, useSetup } from '../screen/setup-context.ts';
import { DeletePage } from './DeletePage.tsx';
import { node, page, pathOf, preview } from './page-wire.ts';

/** One page with its markup. */
export function PageDetail({ id }: { id: string }) {
  const { get } = usePhoneSetup();
  const { go } = useSetup();
  const [isLeaving, setLeaving] = useState(false);
  const loaded = useLoad(`visualforce-page/${id}`, () => get(pathOf(id), page));
  return (
    <Await of={loaded} what="Visualforce page">
      {(p) => (
        <Screen
          title={p.label}
          actions={
            <>
              <Button onClick={() => go(node, `/${p.id}/e`)}>Edit</Button>
              <Button onClick={() => setLeaving(true)}>Delete</Button>
              <Button onClick={() => go(node, `/${p.id}/uses`)}>Where is this used?</Button>
              <Button onClick={() => go(node, `/${p.id}/security`)}>Security</Button>
              <Button onClick={() => preview(p)}>Preview</Button>
            </>
          }
        >
          <Card title="Visualforce Page Detail">
            <dl className="pc-two-columns pc-details">
              {[
                ['Label', p.label],
                ['Name', p.name],
                ['Api Version', p.version],
                ['Description', p.description],
                ['Created By', `${p.createdBy} ${shownMoment(p.created)}`],
                ['Last Modified By', `${p.modifiedBy} ${shownMoment(p.lastModified)}`],
              ].map(([label, value]) => (
                <div key={label}>
                  <dt className="slds-text-color_weak">{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </Card>
          <Card title="Visualforce Markup">
            <pre className="pc-markup">{p.markup}</pre>
          </Card>
          {isLeaving && <DeletePage page={p} onClose={() => setLeaving(false)} onGone={() => go(node)} />}
        </Screen>
      )}
    </Await>
  );
}
