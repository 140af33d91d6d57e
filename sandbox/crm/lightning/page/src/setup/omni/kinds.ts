import type { Choice, Component } from './wire.ts';

/** One field of a form; its name is the element's, or that of a list. */
export type Field =
  | { is: 'text' | 'number'; name: string; label: string; required?: boolean; help?: string }
  | { is: 'flag'; name: string; label: string; on?: boolean } // on: as a new one starts
  | { is: 'choice'; name: string; label: string; required?: boolean; from: Choice[] | string; none?: string }
  | { is: 'list'; name: string; available: string; chosen: string; from: string }
  | { is: 'option'; name: string; available: string; chosen: string; from: string };

/** A type of component as its screens show it. */
export interface Kind {
  path: string; // of the server
  node: string; // of Setup
  crumb: string;
  title: string; // of the list
  one: string; // what one of them is called
  label: string; // the element that people know it by
  columns: { title: string; of(component: Component, choices: Record<string, Choice[]>): string }[];
  fields: Field[];
}

const labelOf = (choices: Choice[] | undefined, name: string): string =>
  choices?.find((c) => c.name === name)?.label ?? name;

const all = (choices: Choice[] | undefined, names: string[] | undefined): string =>
  (names ?? []).map((n) => labelOf(choices, n)).join(', ');

const models: Choice[] = [
  { name: 'LEAST_ACTIVE', label: 'Least Active' },
  { name: 'MOST_AVAILABLE', label: 'Most Available' },
  { name: 'EXTERNAL_ROUTING', label: 'External Routing' },
];

/** Whether a status lets work in: one with service channels does. */
export const isOnline = (status: Component): boolean => (status.lists.channels ?? []).length > 0;

/** What is wrong with the options of a status; '' for nothing. */
export const optionProblem = (online: boolean, channels: readonly string[]): string =>
  online && channels.length === 0 ? 'Select at least one service channel for a status that is online.' : '';

/** A component as a form of a new one starts. */
export function blank(kind: Kind): Component {
  const start: Component = { name: '', lastModified: '', texts: {}, flags: {}, lists: {} };
  for (const field of kind.fields) {
    if (field.is === 'flag') start.flags[field.name] = field.on === true;
    else if (field.is === 'list' || field.is === 'option') start.lists[field.name] = [];
    else start.texts[field.name] = '';
  }
  return start;
}

const crumb = 'Setup > Omni-Channel';

/** The screens; nodes but those of queues and of the settings are our guesses at the platform's. */
export const kinds = {
  statuses: {
    path: 'presence-statuses',
    node: 'PresenceStatuses',
    crumb,
    title: 'Presence Statuses',
    one: 'Presence Status',
    label: 'label',
    columns: [
      { title: 'Status Option', of: (c) => (isOnline(c) ? 'Online' : 'Busy') },
      { title: 'Service Channels', of: (c, choices) => all(choices.channels, c.lists.channels) },
    ],
    fields: [
      { is: 'text', name: 'label', label: 'Status Name', required: true },
      {
        is: 'option',
        name: 'channels',
        from: 'channels',
        available: 'Available Channels',
        chosen: 'Selected Channels',
      },
    ],
  },
  channels: {
    path: 'service-channels',
    node: 'ServiceChannels',
    crumb,
    title: 'Service Channels',
    one: 'Service Channel',
    label: 'label',
    columns: [
      {
        title: 'Salesforce Object',
        of: (c, choices) => labelOf(choices.relatedEntityType, c.texts.relatedEntityType ?? ''),
      },
    ],
    fields: [
      { is: 'text', name: 'label', label: 'Service Channel Name', required: true },
      {
        is: 'choice',
        name: 'relatedEntityType',
        label: 'Salesforce Object',
        required: true,
        from: 'relatedEntityType',
        none: '--None--',
      },
      {
        is: 'flag',
        name: 'doesMinimizeWidgetOnAccept',
        label: 'Minimize the Omni-Channel widget when an agent accepts work',
      },
    ],
  },
  configurations: {
    path: 'presence-configurations',
    node: 'PresenceConfigurations',
    crumb,
    title: 'Presence Configurations',
    one: 'Presence Configuration',
    label: 'label',
    columns: [{ title: 'Capacity', of: (c) => c.texts.capacity ?? '' }],
    fields: [
      { is: 'text', name: 'label', label: 'Presence Configuration Name', required: true },
      { is: 'number', name: 'capacity', label: 'Capacity', required: true },
      { is: 'flag', name: 'enableAutoAccept', label: 'Automatically accept work requests' },
      { is: 'flag', name: 'enableDecline', label: 'Allow agents to decline work requests' },
      {
        is: 'choice',
        name: 'presenceStatusOnDecline',
        label: 'Update Status on Decline',
        from: 'statuses',
        none: '--None--',
      },
      {
        is: 'choice',
        name: 'presenceStatusOnPushTimeout',
        label: 'Update Status on Push Time-Out',
        from: 'statuses',
        none: '--None--',
      },
      { is: 'flag', name: 'enableRequestSound', label: 'Play notification sound with work requests', on: true },
      {
        is: 'flag',
        name: 'enableDisconnectSound',
        label: 'Play notification sound when the connection to Omni-Channel is lost',
        on: true,
      },
      { is: 'list', name: 'users', from: 'users', available: 'Available Users', chosen: 'Selected Users' },
      { is: 'list', name: 'profiles', from: 'profiles', available: 'Available Profiles', chosen: 'Selected Profiles' },
    ],
  },
  routing: {
    path: 'routing-configurations',
    node: 'RoutingConfigurations',
    crumb,
    title: 'Routing Configurations',
    one: 'Routing Configuration',
    label: 'label',
    columns: [
      { title: 'Routing Priority', of: (c) => c.texts.routingPriority ?? '' },
      { title: 'Routing Model', of: (c) => labelOf(models, c.texts.routingModel ?? '') },
      { title: 'Push Time-Out (seconds)', of: (c) => c.texts.pushTimeout ?? '' },
      { title: 'Units of Capacity', of: (c) => c.texts.capacityWeight ?? '' },
      { title: 'Percentage of Capacity', of: (c) => c.texts.capacityPercentage ?? '' },
    ],
    fields: [
      { is: 'text', name: 'label', label: 'Routing Configuration Name', required: true },
      { is: 'number', name: 'routingPriority', label: 'Routing Priority', required: true },
      { is: 'choice', name: 'routingModel', label: 'Routing Model', required: true, from: models, none: '--None--' },
      { is: 'number', name: 'pushTimeout', label: 'Push Time-Out (seconds)' },
      { is: 'choice', name: 'queueOverflowAssignee', label: 'Overflow Assignee', from: 'queues', none: '--None--' },
      { is: 'number', name: 'capacityWeight', label: 'Units of Capacity', help: 'Or a percentage of capacity.' },
      { is: 'number', name: 'capacityPercentage', label: 'Percentage of Capacity' },
    ],
  },
  queues: {
    path: 'queues',
    node: 'Queues',
    crumb: 'Setup',
    title: 'Queues',
    one: 'Queue',
    label: 'name',
    columns: [
      { title: 'Queue Email', of: (c) => c.texts.email ?? '' },
      {
        title: 'Routing Configuration',
        of: (c, choices) => labelOf(choices.routing, c.texts.queueRoutingConfig ?? ''),
      },
      { title: 'Supported Objects', of: (c, choices) => all(choices.objects, c.lists.objects) },
    ],
    fields: [
      { is: 'text', name: 'name', label: 'Label', required: true },
      { is: 'text', name: 'email', label: 'Queue Email' },
      { is: 'flag', name: 'doesSendEmailToMembers', label: 'Send Email to Members' },
      {
        is: 'choice',
        name: 'queueRoutingConfig',
        label: 'Routing Configuration',
        from: 'routing',
        none: '--None--',
      },
      { is: 'list', name: 'objects', from: 'objects', available: 'Available Objects', chosen: 'Selected Objects' },
      { is: 'list', name: 'users', from: 'users', available: 'Available Members', chosen: 'Selected Members' },
    ],
  },
} satisfies Record<string, Kind>;
