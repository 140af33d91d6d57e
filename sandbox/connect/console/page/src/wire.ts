import { type Decoded, flag, list, number, object, text } from './decode.ts';

/** What the console's own server and the operations answer. Go's side is sandbox/connect/console and sandbox/connect/api. */

export const session = object({
  csrf: text,
  user: object({ id: text, name: text, username: text }),
  administrator: flag,
  permissions: list(text),
  allPermissions: list(text),
  instances: list(
    object({ id: text, arn: text, alias: text, accessUrl: text, status: text, region: text, created: number }),
  ),
});
export type Session = Decoded<typeof session>;
export type Instance = Session['instances'][number];

export const user = object({
  Id: text,
  Username: text,
  IdentityInfo: object({ FirstName: text, LastName: text, Email: text, Mobile: text }),
  PhoneConfig: object({
    PhoneType: text,
    AutoAccept: flag,
    AfterContactWorkTimeLimit: number,
    DeskPhoneNumber: text,
  }),
  SecurityProfileIds: list(text),
  RoutingProfileId: text,
});
export type User = Decoded<typeof user>;

export const status = object({
  AgentStatusId: text,
  Name: text,
  Description: text,
  Type: text,
  State: text,
  DisplayOrder: number,
});
export type Status = Decoded<typeof status>;

export const securityProfile = object({ Id: text, SecurityProfileName: text, Description: text });
export type SecurityProfile = Decoded<typeof securityProfile>;

export const routingProfile = object({
  RoutingProfileId: text,
  Name: text,
  Description: text,
  MediaConcurrencies: list(object({ Channel: text, Concurrency: number })),
  DefaultOutboundQueueId: text,
  NumberOfAssociatedUsers: number,
  NumberOfAssociatedQueues: number,
});
export type RoutingProfile = Decoded<typeof routingProfile>;

export const profileQueue = object({ QueueId: text, QueueName: text, Priority: number, Delay: number, Channel: text });

export const queue = object({
  QueueId: text,
  Name: text,
  Description: text,
  Status: text,
  HoursOfOperationId: text,
  MaxContacts: number,
  OutboundCallerConfig: object({ OutboundCallerIdName: text, OutboundCallerIdNumberId: text }),
});
export type Queue = Decoded<typeof queue>;

const time = object({ Hours: number, Minutes: number });
export const span = object({ Day: text, StartTime: time, EndTime: time });
export type Span = Decoded<typeof span>;

export const hours = object({
  HoursOfOperationId: text,
  Name: text,
  Description: text,
  TimeZone: text,
  Config: list(span),
});
export type Hours = Decoded<typeof hours>;

export const override = object({
  HoursOfOperationOverrideId: text,
  Name: text,
  EffectiveFrom: text,
  EffectiveTill: text,
  Config: list(span),
});
export type Override = Decoded<typeof override>;

export const phoneNumber = object({
  PhoneNumberId: text,
  PhoneNumber: text,
  PhoneNumberCountryCode: text,
  PhoneNumberType: text,
  PhoneNumberDescription: text,
});
export type PhoneNumber = Decoded<typeof phoneNumber>;

export const flow = object({
  Id: text,
  Name: text,
  Description: text,
  Type: text,
  Status: text,
  State: text,
  Content: text,
});
export type Flow = Decoded<typeof flow>;

export const quickConnect = object({
  QuickConnectId: text,
  Name: text,
  Description: text,
  QuickConnectConfig: object({
    QuickConnectType: text,
    UserConfig: object({ UserId: text, ContactFlowId: text }),
    QueueConfig: object({ QueueId: text, ContactFlowId: text }),
    PhoneConfig: object({ PhoneNumber: text }),
  }),
});
export type QuickConnect = Decoded<typeof quickConnect>;
