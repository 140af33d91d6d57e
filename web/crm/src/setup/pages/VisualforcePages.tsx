import { useLoad } from '../../console-context.ts';
import { type Decoded, list, object, text } from '../../decode.ts';
import { Await, Button, Card, Screen, Table } from '../screen/Screen.tsx';
import { partsOf, type ScreenProps, shownMoment, usePhoneSetup, useSetup } from '../screen/setup-context.ts';

const node = 'ApexPages';
const page = object({
  id: text,
  label: text,
  name: text,
  version: text,
  description: text,
  createdBy: text,
  created: text,
  modifiedBy: text,
  lastModified: text,
  preview: text,
  markup: text,
});
type Page = Decoded<typeof page>;
const pages = object({ pages: list(page) });

const preview = (p: Page) => window.open(p.preview, '_blank');

/** Setup → Visualforce Pages: the list, and a page's detail with its preview. */
export function VisualforcePages({ address }: ScreenProps) {
  const { id } = partsOf(address);
  return id === '' ? <Pages /> : <PageDetail key={id} id={id} />;
}

function Pages() {
  const { get } = usePhoneSetup();
  const { go } = useSetup();
  const loaded = useLoad('visualforce-pages', () => get('pages', pages));
  return (
    <Screen title="Visualforce Pages">
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
                    <Button variant="link" label={`Preview ${p.name}`} onClick={() => preview(p)}>
                      Preview
                    </Button>
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
    </Screen>
  );
}

function PageDetail({ id }: { id: string }) {
  const { get } = usePhoneSetup();
  const loaded = useLoad(`visualforce-page/${id}`, () => get(`pages/${encodeURIComponent(id)}`, page));
  return (
    <Await of={loaded} what="Visualforce page">
      {(p) => (
        <Screen title={p.label} actions={<Button onClick={() => preview(p)}>Preview</Button>}>
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
        </Screen>
      )}
    </Await>
  );
}
