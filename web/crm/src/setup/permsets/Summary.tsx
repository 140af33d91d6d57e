import { Section } from '../parts/Sections.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { inWords } from './rights.ts';
import type { Access, FullSet } from './wire.ts';

/** Everything that a permission set gives, on one page. */
export function Summary({ set }: { set: FullSet }) {
  const objects = set.objects.filter((o) => o.read);
  return (
    <>
      <Given title="System Permissions" items={set.system} />
      <Section title="Object Permissions">
        <SetupTable
          label="Object Permissions"
          columns={['Object', 'Permissions', 'Fields that can be read', 'Fields that can be edited', 'Tab']}
          empty="This permission set gives no object permissions."
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
