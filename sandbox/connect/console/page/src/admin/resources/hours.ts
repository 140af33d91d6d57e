import { list, object } from '../../decode.ts';
import { clock, type Row, rows, str, timeOf } from '../../form.ts';
import { type Hours, hours, override, type Span } from '../../wire.ts';
import type { Resource } from '../resource.ts';

const days = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
const dayOptions = days.map((d) => ({ value: d, label: d.charAt(0) + d.slice(1).toLowerCase() }));
const zones = Intl.supportedValuesOf('timeZone').concat('UTC');
const zoneOptions = [...new Set(zones)].sort().map((z) => ({ value: z, label: z }));

const toRow = (s: Span): Row => ({ day: s.Day, start: clock(s.StartTime), end: clock(s.EndTime) });
const toSpan = (r: Row) => ({ Day: r.day ?? '', StartTime: timeOf(r.start ?? ''), EndTime: timeOf(r.end ?? '') });
const overrides = object({ HoursOfOperationOverrideList: list(override) });

export const hoursOfOperation: Resource<Hours> = {
  page: 'hours',
  title: 'Hours of operation',
  singular: 'hours of operation',
  addLabel: 'Add hours of operation',
  view: 'HoursOfOperation.View',
  create: 'HoursOfOperation.Create',
  edit: 'HoursOfOperation.Edit',
  remove: 'HoursOfOperation.Delete',
  wide: true,
  columns: [
    { label: 'Name', show: (h) => h.Name },
    { label: 'Description', show: (h) => h.Description },
    { label: 'Time zone', show: (h) => h.TimeZone },
    { label: 'Days', show: (h) => String(new Set(h.Config.map((s) => s.Day)).size) },
  ],
  id: (h) => h.HoursOfOperationId,
  name: (h) => h.Name,
  load: (api) => api.search('/search-hours-of-operations', 'HoursOfOperations', hours),
  known: async () => ({}),
  fields: (_, item) => [
    { name: 'Name', label: 'Name', kind: 'text', required: true },
    { name: 'Description', label: 'Description', kind: 'textarea' },
    { name: 'TimeZone', label: 'Time zone', kind: 'select', required: true, options: zoneOptions },
    {
      name: 'Config',
      label: 'Open: day, from, until',
      kind: 'rows',
      addLabel: 'Add span',
      help: '00:00 to 00:00 is the whole day.',
      blank: { day: 'MONDAY', start: '09:00', end: '17:00' },
      columns: [
        { name: 'day', label: 'Day', options: dayOptions },
        { name: 'start', label: 'From', type: 'time' },
        { name: 'end', label: 'Until', type: 'time' },
      ],
    },
    ...(item === null
      ? []
      : [
          {
            name: 'Overrides',
            label: 'Overrides: name, first day, last day (YYYY-MM-DD); closed on these days',
            kind: 'rows',
            addLabel: 'Add override',
            blank: { id: '', name: '', from: '', till: '' },
            columns: [
              { name: 'name', label: 'Override name', type: 'text' },
              { name: 'from', label: 'First day', type: 'text' },
              { name: 'till', label: 'Last day', type: 'text' },
            ],
          } as const,
        ]),
  ],
  values: async (h, _, api) => ({
    Name: h?.Name ?? '',
    Description: h?.Description ?? '',
    TimeZone: h?.TimeZone ?? 'UTC',
    Config: (h?.Config ?? []).map(toRow),
    Overrides:
      h === null
        ? []
        : (
            await api.op(
              'GET',
              `/hours-of-operations/{I}/${encodeURIComponent(h.HoursOfOperationId)}/overrides`,
              overrides,
            )
          ).HoursOfOperationOverrideList.map((o) => ({
            id: o.HoursOfOperationOverrideId,
            name: o.Name,
            from: o.EffectiveFrom,
            till: o.EffectiveTill,
          })),
  }),
  save: async (api, v, item) => {
    const body = {
      Name: str(v, 'Name'),
      Description: str(v, 'Description'),
      TimeZone: str(v, 'TimeZone'),
      Config: rows(v, 'Config').map(toSpan),
    };
    if (item === null) {
      await api.send('PUT', '/hours-of-operations/{I}', body);
      return;
    }
    const at = `/hours-of-operations/{I}/${encodeURIComponent(item.HoursOfOperationId)}`;
    await api.send('POST', at, body);
    const wanted = rows(v, 'Overrides');
    const now = (await api.op('GET', `${at}/overrides`, overrides)).HoursOfOperationOverrideList;
    for (const o of now) {
      const id = o.HoursOfOperationOverrideId;
      if (!wanted.some((w) => w.id === id)) await api.send('DELETE', `${at}/overrides/${encodeURIComponent(id)}`);
    }
    for (const w of wanted.filter((w) => w.id === ''))
      await api.send('PUT', `${at}/overrides`, {
        Name: w.name,
        EffectiveFrom: w.from,
        EffectiveTill: w.till,
        Config: [],
      });
  },
  drop: (api, h) => api.send('DELETE', `/hours-of-operations/{I}/${encodeURIComponent(h.HoursOfOperationId)}`),
};
