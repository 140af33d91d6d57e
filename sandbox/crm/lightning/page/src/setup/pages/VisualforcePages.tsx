import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { classic } from '../location.ts';
import { Await } from '../parts/Await.tsx';
import { Act } from '../parts/Button.tsx';
import { useMoment } from '../parts/Moment.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { usePhoneSetup } from '../phone-setup.ts';
import { useSetup } from '../setup-context.ts';
import { DeletePage } from './DeletePage.tsx';
import { PageDetail } from './PageDetail.tsx';
import { PageEdit } from './PageEdit.tsx';
import { PageSecurity } from './PageSecurity.tsx';
import { PageUses } from './PageUses.tsx';
import { node, type Page, pages, preview } from './page-wire.ts';

/** Setup → Visualforce Pages: the list; a page's detail, its form, who may open it, and where it is used. */
export function VisualforcePages() {
  const [id, page] = classic(useSetup().location.address).parts;
  if (id === undefined) return <Pages />;
  switch (page) {
    case 'e':
      return <PageEdit key={id} id={id} />;
    case 'security':
      return <PageSecurity key={id} id={id} />;
    case 'uses':
      return <PageUses key={id} id={id} />;
    default:
      return <PageDetail key={id} id={id} />;
  }
}

function Pages() {
  const moment = useMoment();
  const { get } = usePhoneSetup();
  const { open } = useSetup();
  const [revision, setRevision] = useState(0);
  const [leaving, setLeaving] = useState<Page | null>(null);
  const loaded = useLoad(`visualforce-pages#${revision}`, () => get('pages', pages));
  return (
    <Screen icon="standard:visualforce_page" title="Visualforce Pages">
      <Card>
        <p className="slds-m-bottom_small">
          Visualforce pages come to this org by a package or a deployment. Here they are edited, and people are given
          access to them.
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
                actions: (
                  <>
                    <Act label="Edit" name={`Edit ${p.name}`} onAct={() => open(node, `/${p.id}/e`)} />
                    <Act label="Del" name={`Delete ${p.name}`} onAct={() => setLeaving(p)} />
                    <Act label="Security" name={`Security ${p.name}`} onAct={() => open(node, `/${p.id}/security`)} />
                    <Act label="Preview" name={`Preview ${p.name}`} onAct={() => preview(p)} />
                  </>
                ),
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
      {leaving && (
        <DeletePage page={leaving} onClose={() => setLeaving(null)} onGone={() => setRevision((n) => n + 1)} />
      )}
    </Screen>
  );
}
