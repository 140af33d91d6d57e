import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Await, Button, Screen, Table } from '../screen/Screen.tsx';
import { partsOf, type ScreenProps, shownMoment, usePhoneSetup, useSetup } from '../screen/setup-context.ts';
import { DeletePage } from './DeletePage.tsx';
import { PageDetail } from './PageDetail.tsx';
import { PageEdit } from './PageEdit.tsx';
import { PageSecurity } from './PageSecurity.tsx';
import { PageUses } from './PageUses.tsx';
import { node, type Page, pages, preview } from './page-wire.ts';

/** Setup → Visualforce Pages: the list; a page's detail, its form, who may open it, and where it is used. */
export function VisualforcePages({ address }: ScreenProps) {
  const { id, page } = partsOf(address);
  if (id === '') return <Pages />;
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
  const { get } = usePhoneSetup();
  const { go } = useSetup();
  const [revision, setRevision] = useState(0);
  const [leaving, setLeaving] = useState<Page | null>(null);
  const loaded = useLoad(`visualforce-pages#${revision}`, () => get('pages', pages));
  return (
    <Screen title="Visualforce Pages">
      <p className="slds-m-bottom_small slds-text-color_weak">
        Visualforce pages come to this org by a package or a deployment. Here they are edited, and people are given
        access to them.
      </p>
      <Await of={loaded} what="Visualforce pages">
        {({ pages: rows }) => (
          <div className="slds-box slds-theme_default slds-p-around_none">
            <Table
              name="Visualforce Pages"
              rows={rows}
              keyOf={(p) => p.id}
              empty="There are no Visualforce pages. Packages and deployments bring them."
              columns={[
                {
                  label: 'Action',
                  cell: (p) => (
                    <span className="pc-page-actions">
                      {(
                        [
                          ['Edit', () => go(node, `/${p.id}/e`)],
                          ['Del', () => setLeaving(p)],
                          ['Security', () => go(node, `/${p.id}/security`)],
                          ['Preview', () => preview(p)],
                        ] satisfies [string, () => void][]
                      ).map(([word, act]) => (
                        <Button
                          key={word}
                          variant="link"
                          label={`${word === 'Del' ? 'Delete' : word} ${p.name}`}
                          onClick={act}
                        >
                          {word}
                        </Button>
                      ))}
                    </span>
                  ),
                },
                {
                  label: 'Label',
                  cell: (p) => (
                    <Button variant="link" onClick={() => go(node, `/${p.id}`)}>
                      {p.label}
                    </Button>
                  ),
                },
                { label: 'Name', cell: (p) => p.name },
                { label: 'Namespace Prefix', cell: () => '' },
                { label: 'Api Version', cell: (p) => p.version },
                { label: 'Description', cell: (p) => p.description },
                { label: 'Created Date', cell: (p) => shownMoment(p.created) },
                { label: 'Last Modified Date', cell: (p) => shownMoment(p.lastModified) },
              ]}
            />
          </div>
        )}
      </Await>
      {leaving && (
        <DeletePage page={leaving} onClose={() => setLeaving(null)} onGone={() => setRevision((n) => n + 1)} />
      )}
    </Screen>
  );
}
