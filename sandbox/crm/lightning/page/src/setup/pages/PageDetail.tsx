import { useLoad } from '../../console-context.ts';
import { Await } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { useMoment } from '../parts/Moment.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { Details, Section } from '../parts/Sections.tsx';
import { useSetup } from '../setup-context.ts';
import { node, page, pathOf, preview } from './page-wire.ts';

/** One page with its markup. */
export function PageDetail({ id }: { id: string }) {
  const moment = useMoment();
  const { get } = useSetup().api;
  const { open } = useSetup();
  const loaded = useLoad(`visualforce-page/${id}`, () => get(pathOf(id), page));
  return (
    <Await of={loaded} what="Visualforce page">
      {(p) => (
        <Screen
          icon="standard:visualforce_page"
          crumb="Setup > Visualforce Pages"
          title={p.label}
          actions={
            <>
              <Button onClick={() => open(node)}>Back to List</Button>
              <Button onClick={() => preview(p)}>Preview</Button>
            </>
          }
        >
          <Card>
            <Section title="Visualforce Page Detail">
              <Details
                items={[
                  ['Label', p.label],
                  ['Name', p.name],
                  ['Api Version', p.version],
                  ['Description', p.description],
                  ['Created By', `${p.createdBy} ${moment(p.created)}`],
                  ['Last Modified By', `${p.modifiedBy} ${moment(p.lastModified)}`],
                ]}
              />
            </Section>
            <Section title="Visualforce Markup">
              <pre className="pc-markup">{p.markup}</pre>
            </Section>
          </Card>
        </Screen>
      )}
    </Await>
  );
}
