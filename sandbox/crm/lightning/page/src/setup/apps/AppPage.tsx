import { DuelingList } from '../parts/DuelingList.tsx';
import { AppDetails, type PageProps } from './AppDetails.tsx';
import { AppOptions, Problems } from './AppOptions.tsx';
import type { Page } from './app-wire.ts';
import { UtilityItems } from './UtilityItems.tsx';

/** One page of the builder, or one step of the wizard. */
export function AppPage({ page, isNew = false, ...props }: PageProps & { page: Page; isNew?: boolean }) {
  const { app, fields, onChange } = props;
  switch (page) {
    case 'App Details & Branding':
      return <AppDetails {...props} isNew={isNew} />;
    case 'App Options':
      return <AppOptions {...props} />;
    case 'Utility Items (Desktop Only)':
      return (
        <UtilityItems
          utilities={app.utilities}
          isMirrored={app.mirrored}
          fields={fields}
          onChange={(utilities) => onChange({ utilities })}
          onMirror={(mirrored) => onChange({ mirrored })}
        />
      );
    case 'Navigation Items':
      return (
        <>
          <p className="slds-m-bottom_small">
            Choose the items to include in the app, and arrange the order in which they appear.
            {!app.personalizationDisabled && ' Users can personalize the navigation to add, move or remove items.'}
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
