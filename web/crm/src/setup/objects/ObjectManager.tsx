import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Failed, Loading } from '../../shell/States.tsx';
import { moment } from '../parts/moment.ts';
import { PageHeader } from '../parts/PageHeader.tsx';
import { SearchBox } from '../parts/SearchBox.tsx';
import { Details, Section, Ticked } from '../parts/Sections.tsx';
import { Act, SetupTable } from '../parts/SetupTable.tsx';
import { useSetup } from '../setup-context.ts';
import { NewField } from './NewField.tsx';
import { type ObjectPage, objectPage, objects } from './wire.ts';

/** The Object Manager: all objects, or one with its details, fields and layouts. */
export function ObjectManager() {
  const { location } = useSetup();
  const [name, section, act] = location.rest;
  return name ? <OneObject name={name} section={section ?? 'Details'} act={act ?? 'view'} /> : <ObjectList />;
}

const has = (text: string, query: string) => text.toLowerCase().includes(query.toLowerCase());

function ObjectList() {
  const { api, openObject } = useSetup();
  const [query, setQuery] = useState('');
  const page = useLoad('objects', () => api.call('GET', '/setup/objects', objects));
  return (
    <>
      <PageHeader icon="standard:custom" label="Object Manager" />
      <div className="pc-setup-card">
        <SearchBox label="Quick Find in objects" onSearch={setQuery} />
        {page.is === 'failed' && <Failed error={page.error} />}
        {page.is === 'loading' && <Loading what="objects" />}
        {page.is === 'ready' && (
          <SetupTable
            label="Objects"
            columns={['Label', 'API Name', 'Type', 'Description', 'Last Modified', 'Deployed']}
            empty={`No results for "${query}"`}
            rows={page.value.objects
              .filter((o) => has(o.label, query) || has(o.name, query))
              .map((o) => ({
                key: o.name,
                cells: [
                  <Act key="label" label={o.label} onAct={() => openObject(o.name, 'Details', 'view')} />,
                  o.name,
                  o.kind,
                  o.description,
                  moment(o.modified),
                  o.kind === 'Standard Object' ? '' : '✓',
                ],
              }))}
          />
        )}
      </div>
    </>
  );
}

const sections = [
  { name: 'Details', label: 'Details' },
  { name: 'FieldsAndRelationships', label: 'Fields & Relationships' },
  { name: 'PageLayouts', label: 'Page Layouts' },
];

function OneObject({ name, section, act }: { name: string; section: string; act: string }) {
  const { api, openObject } = useSetup();
  const page = useLoad(`object/${name}/${act}`, () =>
    api.call('GET', `/setup/objects/${encodeURIComponent(name)}`, objectPage),
  );
  if (page.is === 'failed') return <Failed error={page.error} />;
  if (page.is === 'loading') return <Loading what="object" />;
  const object = page.value;
  return (
    <>
      <PageHeader icon="standard:custom" label={object.label} crumb="Setup > Object Manager">
        <button type="button" className="slds-button slds-button_neutral" onClick={() => openObject()}>
          Back to Object Manager
        </button>
      </PageHeader>
      <div className="pc-setup-object">
        <nav className="slds-nav-vertical pc-setup-card" aria-label={`${object.label} settings`}>
          <ul>
            {sections.map((s) => (
              <li key={s.name} className={`slds-nav-vertical__item ${s.name === section ? 'slds-is-active' : ''}`}>
                <button
                  type="button"
                  className="slds-button slds-nav-vertical__action"
                  aria-current={s.name === section ? 'page' : undefined}
                  onClick={() => openObject(name, s.name, 'view')}
                >
                  {s.label}
                </button>
              </li>
            ))}
          </ul>
        </nav>
        {section === 'FieldsAndRelationships' && act === 'new' ? (
          <NewField object={object} />
        ) : (
          <div className="pc-setup-card">
            {section === 'Details' && <ObjectDetails object={object} />}
            {section === 'FieldsAndRelationships' && <Fields object={object} />}
            {section === 'PageLayouts' && <PageLayouts object={object} />}
          </div>
        )}
      </div>
    </>
  );
}

/** The fields of a section, line by line. */
const rowsOf = ([left = [], right = []]: string[][]): string[][] =>
  Array.from({ length: Math.max(left.length, right.length) }, (_, at) => [left[at] ?? '', right[at] ?? '']);

/** The layouts as they were deployed; each opens to its sections. */
function PageLayouts({ object }: { object: ObjectPage }) {
  const labels = new Map(object.fields.map((f) => [f.name, f.label]));
  if (object.layouts.length === 0) return <p>This object has the layout that comes with the platform.</p>;
  return (
    <Section title="Page Layouts">
      {object.layouts.map((layout) => (
        <details key={layout.name} className="slds-p-around_small">
          <summary>{layout.name}</summary>
          {layout.sections.map((section) => (
            <SetupTable
              key={section.label}
              label={`${layout.name}: ${section.label}`}
              columns={[section.label || 'Section', '']}
              empty="This section has no fields."
              rows={rowsOf(section.columns).map((names) => ({
                key: names.join(),
                cells: names.map((name) => labels.get(name) ?? name),
              }))}
            />
          ))}
        </details>
      ))}
    </Section>
  );
}

function ObjectDetails({ object }: { object: ObjectPage }) {
  return (
    <Section title="Details">
      <Details
        items={[
          ['API Name', object.name],
          ['Singular Label', object.label],
          ['Type', object.kind],
          ['Plural Label', object.plural],
          ['Key Prefix', object.keyPrefix],
          ['Allow Search', <Ticked key="search" on={object.search} label="Allow Search" />],
          ['Description', object.description],
          ['Last Modified', moment(object.modified)],
        ]}
      />
    </Section>
  );
}

function Fields({ object }: { object: ObjectPage }) {
  const { may, openObject } = useSetup();
  const [query, setQuery] = useState('');
  return (
    <>
      <SearchBox label="Quick Find in fields" onSearch={setQuery} />
      <SetupTable
        label="Fields & Relationships"
        columns={['Field Label', 'Field Name', 'Data Type', 'Values', 'Indexed']}
        empty={`No results for "${query}"`}
        rows={object.fields
          .filter((f) => has(f.label, query) || has(f.name, query))
          .map((f) => ({
            key: f.name,
            cells: [f.label, f.name, f.type, f.values.join(', '), f.indexed ? '✓' : ''],
          }))}
      >
        {may('CustomizeApplication') && (
          <button
            type="button"
            className="slds-button slds-button_neutral"
            onClick={() => openObject(object.name, 'FieldsAndRelationships', 'new')}
          >
            New
          </button>
        )}
      </SetupTable>
    </>
  );
}
