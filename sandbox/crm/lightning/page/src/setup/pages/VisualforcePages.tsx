import { useLoad } from '../../console-context.ts';
import { classic } from '../location.ts';
import { Await } from '../parts/Await.tsx';
import { Act } from '../parts/Button.tsx';
import { useMoment } from '../parts/Moment.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { useSetup } from '../setup-context.ts';
import { PageDetail } from './PageDetail.tsx';
import { node, pages, preview } from './page-wire.ts';

/** Setup → Visualforce Pages, to look at: the list, and a page's detail. */
export function VisualforcePages() {
  const [id] = classic(useSetup().location.address).parts;
  return id === undefined ? <Pages /> : <PageDetail key={id} id={id} />;
}

function Pages() {
  const moment = useMoment();
  const { get } = useSetup().api;
  const { open } = useSetup();
  const loaded = useLoad('visualforce-pages', () => get('pages', pages));
  return (
    <Screen icon="standard:visualforce_page" title="Visualforce Pages">
      <Card>
        <p className="slds-m-bottom_small">
          Visualforce pages come to this org by a package or a deployment; permission sets give people access to them.
        </p>
        <Await of={loaded} what="Visualforce pages">
          {({ pages: rows }) => (
            <SetupTable
              label="Visualforce Pages"
              columns={[
                'Label',
                'Name',
                'Namespace Prefix',
                'Api Version',
                'Description',
                'Created Date',
                'Last Modified Date',
              ]}
              empty="There are no Visualforce pages. Packages and deployments bring them."
              rows={rows.map((p) => ({
                key: p.id,
                actions: <Act label="Preview" name={`Preview ${p.name}`} onAct={() => preview(p)} />,
                cells: [
                  <Act key="label" label={p.label} onAct={() => open(node, `/${p.id}`)} />,
                  p.name,
                  '',
                  p.version,
                  p.description,
                  moment(p.created),
                  moment(p.lastModified),
                ],
              }))}
            />
          )}
        </Await>
      </Card>
    </Screen>
  );
}
