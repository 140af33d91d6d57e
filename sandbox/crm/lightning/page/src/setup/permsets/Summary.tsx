import { Section } from '../parts/Sections.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { inWords } from './rights.ts';
import type { Access, FullSet } from './wire.ts';

/** Everything that a permission set gives, on one page. */
export function Summary({ set }: { set: FullSet }) {
  return (
    <>
      <Given title="System Permissions" items={set.system} />
      <Rights of={set} />
    </>
  );
}

/** The rights on objects, apps, pages and settings that a permission set, or a profile, gives. */
export function Rights({ of: set }: { of: Pick<FullSet, 'objects' | 'apps' | 'pages' | 'settings'> }) {
  const objects = set.objects.filter((o) => o.read);
  return (
    <>
      <Section title="Object Permissions">
        <SetupTable
          label="Object Permissions"
          columns={['Object', 'Permissions', 'Fields that can be read', 'Fields that can be edited', 'Tab']}
          empty="There are no object permissions."
          rows={objects.map((o) => ({
            key: o.name,
            cells: [
              o.label,
              inWords(o),
              String(o.fields.filter((f) => f.read).length),
              String(o.fields.filter((f) => f.edit).length),
              o.tab || '--',
            ],
          }))}
        />
      </Section>
      <Given title="Assigned Apps" items={set.apps} />
      <Given title="Visualforce Page Access" items={set.pages} />
      <Given title="Custom Setting Definitions" items={set.settings} />
    </>
  );
}

function Given({ title, items }: { title: string; items: Access[] }) {
  const on = items.filter((item) => item.on);
  return (
    <Section title={title}>
      {on.length === 0 ? (
        <p className="slds-text-color_weak">None</p>
      ) : (
        <ul className="slds-list_dotted">
          {on.map((item) => (
            <li key={item.name}>{item.label}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}
