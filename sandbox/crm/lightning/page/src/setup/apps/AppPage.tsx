import { DuelingList } from '../parts/DuelingList.tsx';
import type { App, Page } from './app-wire.ts';
import { UtilityItems } from './UtilityItems.tsx';

interface Props {
  page: Page;
  app: App;
  fields: Record<string, string>;
  onChange(part: Partial<App>): void;
}

/** One page of the builder. */
export function AppPage({ page, app, fields, onChange }: Props) {
  switch (page) {
    case 'Utility Items (Desktop Only)':
      return (
        <UtilityItems
          utilities={app.utilities}
          custom={app.custom}
          fields={fields}
          onChange={(utilities) => onChange({ utilities })}
        />
      );
    case 'Navigation Items':
      return (
        <>
          <p className="slds-m-bottom_small">
            Choose the items to include in the app, and arrange the order in which they appear. Users can personalize
            the navigation to add, move or remove items.
          </p>
          <Problems fields={fields} of={['tabs']} />
          <DuelingList
            key={page}
            available="Available Items"
            chosen="Selected Items"
            search="Search available items"
            options={{ all: app.available.map((t) => ({ value: t.name, label: t.label })), value: app.tabs }}
            onChange={(tabs) => onChange({ tabs })}
          />
        </>
      );
    case 'User Profiles':
      return (
        <>
          <p className="slds-m-bottom_small">
            Choose the user profiles that can access this app. Permission sets can give access, too.
          </p>
          <Problems fields={fields} of={['profiles']} />
          <DuelingList
            key={page}
            available="Available Profiles"
            chosen="Selected Profiles"
            search="Search available profiles"
            isOrdered={false}
            options={{ all: app.allProfiles.map((p) => ({ value: p.name, label: p.label })), value: app.profiles }}
            onChange={(profiles) => onChange({ profiles })}
          />
        </>
      );
    default:
      return page satisfies never;
  }
}

/** What the server has against fields that show no message of their own. */
function Problems({ fields, of }: { fields: Record<string, string>; of: string[] }) {
  const all = of.flatMap((name) => fields[name] ?? []);
  return all.map((message) => (
    <p key={message} className="slds-text-color_error slds-m-bottom_small">
      {message}
    </p>
  ));
}
