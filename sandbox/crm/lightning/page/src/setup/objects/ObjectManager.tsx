import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Pending } from '../parts/Await.tsx';
import { Act, Button } from '../parts/Button.tsx';
import { Ticked } from '../parts/inputs.tsx';
import { Moment, useMoment } from '../parts/Moment.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { SearchBox } from '../parts/SearchBox.tsx';
import { Details, Section } from '../parts/Sections.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
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
    <Screen icon="standard:custom" title="Object Manager">
      <Card>
        <SearchBox label="Quick Find in objects" onSearch={setQuery} />
        {page.is !== 'ready' && <Pending of={page} what="objects" />}
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
                  <Moment key="modified" at={o.modified} />,
                  o.kind === 'Standard Object' ? '' : '✓',
                ],
              }))}
          />
        )}
      </Card>
    </Screen>
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
  if (page.is !== 'ready') return <Pending of={page} what="object" />;
  const object = page.value;
  return (
    <Screen
      icon="standard:custom"
      title={object.label}
      crumb="Setup > Object Manager"
      actions={<Button onClick={() => openObject()}>Back to Object Manager</Button>}
    >
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
          <Card>
            {section === 'Details' && <ObjectDetails object={object} />}
            {section === 'FieldsAndRelationships' && <Fields object={object} />}
            {section === 'PageLayouts' && <PageLayouts object={object} />}
          </Card>
        )}
      </div>
    </Screen>
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
  const moment = useMoment();
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
          <Button onClick={() => openObject(object.name, 'FieldsAndRelationships', 'new')}>New</Button>
        )}
      </SetupTable>
    </>
  );
}
