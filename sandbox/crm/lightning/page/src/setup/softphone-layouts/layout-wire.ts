import { type Decoded, type Decoder, dictionary, flag, list, object, text } from '../../decode.ts';

const word: Decoder<string> = (input, at) => (input === undefined ? '' : text(input, at));
const pop = object({ type: word, data: word });
export type PopChoice = Decoded<typeof pop>;

export const callType = object({
  callFields: list(text),
  objects: list(object({ object: text, fields: list(text) })),
  openWithin: text,
  noMatch: pop,
  singleMatch: pop,
  multipleMatches: pop,
});
export type CallType = Decoded<typeof callType>;

export const layout = object({ name: text, default: flag, inbound: callType, outbound: callType, internal: callType });
export type Layout = Decoded<typeof layout>;

const choice = object({ name: text, label: text });
export type Choice = Decoded<typeof choice>;

export const layoutForm = object({
  layout,
  lastModified: text,
  objects: list(object({ name: text, label: text, fields: list(choice) })),
  callFields: list(choice),
  pages: list(choice),
  flows: list(choice),
});
export type LayoutForm = Decoded<typeof layoutForm>;

const row = object({
  id: text,
  name: text,
  default: flag,
  createdBy: text,
  created: text,
  modifiedBy: text,
  lastModified: text,
});
export type LayoutRow = Decoded<typeof row>;
export const layouts = object({ layouts: list(row), seen: flag });
export const assignments = object({
  profiles: list(object({ profile: text, name: text, layout: text })),
  layouts: list(row),
});
export const saved = object({ id: text });
export const assigned = dictionary(text);

export type Direction = 'inbound' | 'outbound' | 'internal';

/** A call type with another set of objects: those that stay keep their fields, new ones show the name. */
export function withObjects(c: CallType, names: string[]): CallType {
  const objects = names.map((name) => c.objects.find((o) => o.object === name) ?? { object: name, fields: ['Name'] });
  return { ...c, objects };
}

/** The name of an object that has no field called Name, such as a case. */
export function nameFieldOf(form: LayoutForm, object: string): string {
  const fields = form.objects.find((o) => o.name === object)?.fields ?? [];
  if (fields.some((f) => f.name === 'Name')) return 'Name';
  return fields.find((f) => /(Number|Subject)$/.test(f.name))?.name ?? fields[0]?.name ?? 'Name';
}

/** Choosing another kind of screen pop starts without a page or object. */
export const withPop = (type: string, old: PopChoice): PopChoice => (type === old.type ? old : { type, data: '' });

/** The settings in the words of the form. */
export const popLabels = {
  noMatch: [
    ['DontPop', "Don't pop any screen"],
    ['PopToEntity', 'Pop to new'],
    ['PopToVisualforce', 'Pop to Visualforce'],
    ['PopToFlow', 'Pop to flow'],
  ],
  singleMatch: [
    ['DontPop', "Don't pop any screen"],
    ['PopToEntity', 'Pop detail page'],
    ['PopToVisualforce', 'Pop to Visualforce'],
    ['PopToFlow', 'Pop to flow'],
  ],
  multipleMatches: [
    ['DontPop', "Don't pop any screen"],
    ['PopToSearch', 'Pop to search page'],
    ['PopToVisualforce', 'Pop to Visualforce'],
    ['PopToFlow', 'Pop to flow'],
  ],
} as const;
export type PopSetting = keyof typeof popLabels;

/** What the form says when there is no flow to choose. */
export const noFlows = 'No active screen flow. Deploy one whose status is Active, then edit the layout again.';

/** The flows to choose from; one that was chosen and can't be opened anymore stays, and says so. */
export const flowOptions = (flows: Choice[], chosen: string): { value: string; label: string }[] => {
  const options = flows.map((f) => ({ value: f.name, label: f.label }));
  if (chosen === '' || flows.some((f) => f.name === chosen)) return options;
  return [...options, { value: chosen, label: `${chosen} (not active)` }];
};
