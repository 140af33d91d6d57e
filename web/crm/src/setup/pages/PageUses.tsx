import { useLoad } from '../../console-context.ts';
import { Await, Button, Card, Screen, Table } from '../screen/Screen.tsx';
import { usePhoneSetup, useSetup } from '../screen/setup-context.ts';
import { node, page, pathOf, uses } from './page-wire.ts';

/** Where is this used? */
export function PageUses({ id }: { id: string }) {
  const { get } = usePhoneSetup();
  const { go } = useSetup();
  const loaded = useLoad(`page-where/${id}`, () =>
    Promise.all([get(pathOf(id), page), get(`${pathOf(id)}/uses`, uses)]),
  );
  return (
    <Await of={loaded} what="references">
      {([p, found]) => (
        <Screen
          title={`Where is this used? ${p.label}`}
          actions={<Button onClick={() => go(node, `/${id}`)}>Back to Visualforce Page</Button>}
        >
          <Card title="References">
            <Table
              name="References"
              rows={found.uses}
              keyOf={(u) => `${u.type}/${u.name}`}
              empty="No other component uses this page."
              columns={[
                { label: 'Reference Type', cell: (u) => u.type },
                { label: 'Reference Label', cell: (u) => u.name },
              ]}
            />
          </Card>
          {found.centers.length > 0 && (
            <Card title="Call Centers">
              <p className="slds-m-bottom_x-small">
                The CTI Adapter URL of these call centers is the page's address. They don't keep it from being deleted.
              </p>
              <ul className="slds-list_dotted">
                {found.centers.map((c) => (
                  <li key={c}>{c}</li>
                ))}
              </ul>
            </Card>
          )}
        </Screen>
      )}
    </Await>
  );
}
