import { list, object, text } from '../../decode.ts';
import { str } from '../../form.ts';
import { flow, type PhoneNumber, phoneNumber } from '../../wire.ts';
import { labelOf, options, type Resource } from '../resource.ts';

const claimed = object({ PhoneNumberId: text });
const available = object({ AvailableNumbersList: list(object({ PhoneNumber: text, PhoneNumberType: text })) });
const associations = object({ FlowAssociationSummaryList: list(object({ ResourceId: text, FlowId: text })) });
const last = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

const stock = [
  ['US', 'DID'],
  ['US', 'TOLL_FREE'],
  ['CA', 'DID'],
  ['GB', 'DID'],
  ['AU', 'DID'],
] as const;

export const phoneNumbers: Resource<PhoneNumber> = {
  page: 'phone-numbers',
  title: 'Phone numbers',
  singular: 'phone number',
  addLabel: 'Claim a number',
  removeLabel: 'Release',
  view: 'PhoneNumbers.View',
  create: 'PhoneNumbers.Claim',
  edit: 'PhoneNumbers.Edit',
  remove: 'PhoneNumbers.Release',
  columns: [
    { label: 'Phone number', show: (n) => n.PhoneNumber },
    { label: 'Description', show: (n) => n.PhoneNumberDescription },
    { label: 'Type', show: (n) => (n.PhoneNumberType === 'TOLL_FREE' ? 'Toll free' : n.PhoneNumberType) },
    { label: 'Country', show: (n) => n.PhoneNumberCountryCode },
    {
      label: 'Contact flow',
      show: (n, known) => labelOf(known.flows, labelOf(known.attached, n.PhoneNumberId)) || 'None',
    },
  ],
  id: (n) => n.PhoneNumberId,
  name: (n) => n.PhoneNumber,
  load: (api) => api.search('/phone-number/list', 'ListPhoneNumbersSummaryList', phoneNumber),
  known: async (api) => ({
    flows: await options(
      api
        .search('/search-contact-flows', 'ContactFlows', flow)
        .then((all) => all.filter((f) => f.Type === 'CONTACT_FLOW' && f.Status === 'PUBLISHED')),
      (f) => f.Id,
      (f) => f.Name,
    ),
    attached: (await api.op('GET', '/flow-associations-summary/{I}', associations)).FlowAssociationSummaryList.map(
      (a) => ({ value: last(a.ResourceId), label: last(a.FlowId) }),
    ),
    available: (
      await Promise.all(
        stock.map(
          ([country, type]) =>
            api
              .op('POST', '/phone-number/search-available', available, {
                InstanceId: api.instance,
                PhoneNumberCountryCode: country,
                PhoneNumberType: type,
                MaxResults: 10,
              })
              .then((page) =>
                page.AvailableNumbersList.map((n) => ({
                  value: n.PhoneNumber,
                  label: `${n.PhoneNumber} (${country}, ${type})`,
                })),
              )
              .catch(() => []), // who may only look at numbers is offered none
        ),
      )
    ).flat(),
  }),
  fields: (known, item) => [
    item === null
      ? { name: 'PhoneNumber', label: 'Phone number', kind: 'select', required: true, options: known.available ?? [] }
      : { name: 'PhoneNumber', label: 'Phone number', kind: 'text', readOnly: true },
    { name: 'Description', label: 'Description', kind: 'textarea' },
    {
      name: 'ContactFlowId',
      label: 'Contact flow',
      kind: 'select',
      options: known.flows ?? [],
      help: 'Answers the calls to this number; without one they end.',
    },
  ],
  values: async (n, known) => ({
    PhoneNumber: n?.PhoneNumber ?? '',
    Description: n?.PhoneNumberDescription ?? '',
    ContactFlowId: n === null ? '' : labelOf(known.attached, n.PhoneNumberId),
  }),
  save: async (api, v, item) => {
    const description = { PhoneNumberDescription: str(v, 'Description') };
    const id =
      item === null
        ? (
            await api.op('POST', '/phone-number/claim', claimed, {
              InstanceId: api.instance,
              PhoneNumber: str(v, 'PhoneNumber'),
              ...description,
            })
          ).PhoneNumberId
        : item.PhoneNumberId;
    const at = `/phone-number/${encodeURIComponent(id)}`;
    if (item !== null) await api.send('PUT', `${at}/metadata`, description);
    const flowId = str(v, 'ContactFlowId');
    if (flowId !== '') await api.send('PUT', `${at}/contact-flow`, { InstanceId: api.instance, ContactFlowId: flowId });
    else await api.send('DELETE', `${at}/contact-flow?${new URLSearchParams({ instanceId: api.instance })}`);
  },
  drop: (api, n) => api.send('DELETE', `/phone-number/${encodeURIComponent(n.PhoneNumberId)}`),
};
