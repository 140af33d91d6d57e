import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Pending } from '../parts/Await.tsx';
import { Act, Button } from '../parts/Button.tsx';
import { useMoment } from '../parts/Moment.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { Details, Section } from '../parts/Sections.tsx';
import { useSetup } from '../setup-context.ts';
import { AccessSection } from './AccessSection.tsx';
import { DeleteSet } from './List.tsx';
import { ObjectRights, ObjectSettings } from './ObjectSettings.tsx';
import { StatusAccess } from './StatusAccess.tsx';
import { Summary } from './Summary.tsx';
import { type FullSet, fullSet } from './wire.ts';

const parts = {
  apps: [
    { section: 'Apps', title: 'Assigned Apps', text: 'Settings that specify which apps are visible in the app menu' },
    {
      section: 'ObjectSettings',
      title: 'Object Settings',
      text: 'Permissions to access objects and fields, and settings such as tab availability',
    },
    { section: 'Pages', title: 'Visualforce Page Access', text: 'Permissions to execute Visualforce pages' },
    {
      section: 'Settings',
      title: 'Custom Setting Definitions',
      text: 'Permissions to read custom settings through the API',
    },
    {
      section: 'Statuses',
      title: 'Service Presence Statuses Access',
      text: 'Permissions to choose presence statuses in Omni-Channel',
    },
  ],
  system: [
    {
      section: 'System',
      title: 'System Permissions',
      text: 'Permissions to perform actions that apply across apps, such as "Modify All Data"',
    },
  ],
};

interface Props {
  id: string;
  section: string;
  object: string;
}

/** One permission set: its properties, its parts, or the part that the address names. */
export function PermissionSetPage({ id, section, object }: Props) {
  const { api, open, say } = useSetup();
  const [revision, setRevision] = useState(0);
  const [isLeaving, setLeaving] = useState(false);
  const page = useLoad(`set/${id}#${revision}`, () => api.get(`permsets/${encodeURIComponent(id)}`, fullSet));
  if (page.is !== 'ready') return <Pending of={page} what="permission set" />;
  const set = page.value;
  const show = (path: string) => open('PermSets', `/${id}${path}`);
  const saved = () => {
    say('success', `Permission set "${set.label}" was saved.`);
    setRevision((n) => n + 1);
  };
  return (
    <Screen
      icon="standard:shift_type"
      title={set.label}
      crumb="Setup > Permission Sets"
      actions={(
        [
          ['Clone', () => show('/clone')],
          ['Delete', () => setLeaving(true)],
          ['Edit Properties', () => show('/e')],
          ['Manage Assignments', () => show('/assignments')],
          ['View Summary', () => show('?s=Summary')],
        ] satisfies [string, () => void][]
      ).map(([label, act]) => (
        <Button key={label} onClick={act}>
          {label}
        </Button>
      ))}
    >
      <Card>
        {section !== '' && (
          <nav aria-label="Breadcrumbs" className="slds-m-bottom_small">
            <Act label="Permission Set Overview" onAct={() => show('')} />
            {' > '}
            {section === 'ObjectSettings' && object !== '' ? (
              <>
                <Act label="Object Settings" onAct={() => show('?s=ObjectSettings')} />
                {` > ${set.objects.find((o) => o.name === object)?.label ?? object}`}
              </>
            ) : (
              ([...parts.apps, ...parts.system].find((p) => p.section === section)?.title ?? 'Summary')
            )}
          </nav>
        )}
        <Part set={set} section={section} object={object} show={show} saved={saved} />
      </Card>
      {isLeaving && (
        <DeleteSet
          set={set}
          onClose={() => setLeaving(false)}
          onGone={() => {
            say('success', `Permission set "${set.label}" was deleted.`);
            open('PermSets');
          }}
        />
      )}
    </Screen>
  );
}

interface PartProps {
  set: FullSet;
  section: string;
  object: string;
  show(path: string): void;
  saved(): void;
}

function Part({ set, section, object, show, saved }: PartProps) {
  const part = [...parts.apps, ...parts.system].find((p) => p.section === section);
  switch (section) {
    case 'ObjectSettings': {
      const right = set.objects.find((o) => o.name === object);
      if (right) return <ObjectRights key={right.name} set={set} right={right} saved={saved} />;
      return <ObjectSettings set={set} onOpen={(name) => show(`?s=ObjectSettings&o=${encodeURIComponent(name)}`)} />;
    }
    case 'Apps':
      return <AccessSection set={set} title={part?.title ?? ''} path="apps" items={set.apps} saved={saved} />;
    case 'Pages':
      return <AccessSection set={set} title={part?.title ?? ''} path="pages" items={set.pages} saved={saved} />;
    case 'Settings':
      return <AccessSection set={set} title={part?.title ?? ''} path="settings" items={set.settings} saved={saved} />;
    case 'Statuses':
      return <StatusAccess path={`permsets/${set.id}`} items={set.statuses} saved={saved} />;
    case 'System':
      return <AccessSection set={set} title={part?.title ?? ''} path="system" items={set.system} saved={saved} />;
    case 'Summary':
      return <Summary set={set} />;
    default:
      return <Overview set={set} show={show} />;
  }
}

function Overview({ set, show }: { set: FullSet; show(path: string): void }) {
  const moment = useMoment();
  return (
    <>
      <Section title="Permission Set Overview">
        <Details
          items={[
            ['Description', set.description],
            ['API Name', set.name],
            ['License', set.license],
            ['Namespace Prefix', set.namespace],
            ['Created By', `${set.createdBy}, ${moment(set.created)}`],
            ['Last Modified By', `${set.modifiedBy}, ${moment(set.lastModified)}`],
            ['Assigned Users', String(set.assigned)],
          ]}
        />
      </Section>
      {(
        [
          [
            'Apps',
            'Settings that apply to Salesforce apps, such as Sales, and custom apps built on the Lightning Platform',
            parts.apps,
          ],
          ['System', 'Settings that apply across all apps, such as record and user management', parts.system],
        ] as const
      ).map(([title, text, items]) => (
        <Section key={title} title={title}>
          <p className="slds-text-color_weak slds-m-bottom_small">{text}</p>
          <ul className="pc-setup-columns">
            {items.map((item) => (
              <li key={item.section} className="slds-p-vertical_x-small">
                <Act label={item.title} onAct={() => show(`?s=${item.section}`)} />
                <p className="slds-text-color_weak">{item.text}</p>
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </>
  );
}
