import { useLoad } from '../../console-context.ts';
import { Await } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { Section } from '../parts/Sections.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { usePhoneSetup } from '../phone-setup.ts';
import { useSetup } from '../setup-context.ts';
import { node, page, pathOf, uses } from './page-wire.ts';

/** Where is this used? */
export function PageUses({ id }: { id: string }) {
  const { get } = usePhoneSetup();
  const { open } = useSetup();
  const loaded = useLoad(`page-where/${id}`, () =>
    Promise.all([get(pathOf(id), page), get(`${pathOf(id)}/uses`, uses)]),
  );
  return (
    <Await of={loaded} what="references">
      {([p, found]) => (
        <Screen
          icon="standard:visualforce_page"
          crumb="Setup > Visualforce Pages"
          title={`Where is this used? ${p.label}`}
          actions={<Button onClick={() => open(node, `/${id}`)}>Back to Visualforce Page</Button>}
        >
          <Card>
            <Section title="References">
              <SetupTable
                label="References"
                columns={['Reference Type', 'Reference Label']}
                empty="No other component uses this page."
                rows={found.uses.map((u) => ({ key: `${u.type}/${u.name}`, cells: [u.type, u.name] }))}
              />
            </Section>
            {found.centers.length > 0 && (
              <Section title="Call Centers">
                <p className="slds-m-bottom_x-small">
                  The CTI Adapter URL of these call centers is the page's address. They don't keep it from being
                  deleted.
                </p>
                <ul className="slds-list_dotted">
                  {found.centers.map((c) => (
                    <li key={c}>{c}</li>
                  ))}
                </ul>
              </Section>
            )}
          </Card>
        </Screen>
      )}
    </Await>
  );
}
