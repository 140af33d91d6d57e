import type { Session } from '../wire.ts';
import { ResourcePage } from './ResourcePage.tsx';
import type { Resource } from './resource.ts';
import { flows } from './resources/flows.ts';
import { hoursOfOperation } from './resources/hours.ts';
import { phoneNumbers } from './resources/numbers.ts';
import { queues } from './resources/queues.ts';
import { quickConnects } from './resources/quick-connects.ts';
import { routingProfiles } from './resources/routing-profiles.ts';
import { securityProfiles } from './resources/security-profiles.ts';
import { statuses } from './resources/statuses.ts';
import { users } from './resources/users.ts';

/** One page of the instance's website. */
export interface Screen {
  page: string;
  title: string;
  permission: string;
  draw(): React.ReactNode;
}

const screen = <T,>(resource: Resource<T>): Screen => ({
  page: resource.page,
  title: resource.title,
  permission: resource.view,
  draw: () => <ResourcePage key={resource.page} resource={resource} />,
});

/** The navigation, group by group; a page is one line. */
export const groups = (session: Session): { title: string; screens: Screen[] }[] => [
  { title: 'Users', screens: [screen(users), screen(statuses), screen(securityProfiles(session.allPermissions))] },
  {
    title: 'Routing',
    screens: [screen(routingProfiles), screen(queues), screen(hoursOfOperation), screen(quickConnects), screen(flows)],
  },
  { title: 'Channels', screens: [screen(phoneNumbers)] },
];
