/** A rule that is not saved yet, and what might happen to an agent: both as the adapter's question has them. */

export interface Term {
  operand: string;
  value: string; // of a Static Value
}

export interface Criterion {
  key: number; // tells the rows of the form apart
  a: Term;
  comparator: string;
  b: Term;
}

export interface Draft {
  name: string;
  source: string;
  criteria: Criterion[];
  any: boolean;
  destination: 'centre' | 'org';
  value: string;
  order: string; // as it was typed
}

export const staticValue = 'Static Value';

const operandOf: Record<string, string> = {
  'Connect Agent State Change': 'Connect Agent New State',
  'Salesforce Agent State Change': 'Salesforce Agent New State',
  'Salesforce Agent Logout': 'Salesforce Agent New State',
  'Salesforce Work Accepted': 'Salesforce Service Channel',
  'Salesforce Workload Changed': 'Salesforce New Workload Pct',
};

export const newCriterion = (source: string, key: number): Criterion => ({
  key,
  a: { operand: operandOf[source] ?? 'Connect Agent New State', value: '' },
  comparator: 'Equal to',
  b: { operand: staticValue, value: source === 'Salesforce Agent Logout' ? 'Offline' : '' },
});

export const newDraft = (source: string): Draft => ({
  name: '',
  source,
  criteria: [newCriterion(source, 0)],
  any: false,
  destination: source === 'Connect Agent State Change' ? 'org' : 'centre',
  value: '',
  order: '0',
});

/** What might happen to an agent. The numbers are as they were typed. */
export interface Event {
  source: string;
  centre: string;
  centreWas: string;
  org: string;
  channel: string;
  capacity: string;
  was: string;
  now: string;
}

export const newEvent: Event = {
  source: 'Connect Agent State Change',
  centre: 'Available',
  centreWas: '',
  org: 'Offline',
  channel: '',
  capacity: '5',
  was: '0',
  now: '1',
};

const numberOf = (typed: string): number => {
  const n = Number(typed);
  return Number.isFinite(n) ? n : 0;
};

/** The adapter's question. A log-out is to Offline, whatever was chosen. */
export function question(record: string, event: Event, draft: Draft | undefined): unknown {
  const logout = event.source === 'Salesforce Agent Logout';
  const standing = {
    centre: event.centre,
    centreWas: event.centreWas,
    org: logout ? 'Offline' : event.org,
    ...(event.source === 'Salesforce Work Accepted' ? { channel: event.channel } : {}),
    ...(event.source === 'Salesforce Workload Changed'
      ? { work: { capacity: numberOf(event.capacity), was: numberOf(event.was), now: numberOf(event.now) } }
      : {}),
  };
  return { record, source: event.source, standing, ...(draft === undefined ? {} : { draft: ruleOf(draft) }) };
}

const termOf = (t: Term): Partial<Term> =>
  t.operand === staticValue ? { operand: t.operand, value: t.value.trim() } : { operand: t.operand };

function ruleOf(draft: Draft) {
  return {
    id: '',
    name: draft.name.trim(),
    source: draft.source,
    criteria: draft.criteria.map((c) => ({ a: termOf(c.a), comparator: c.comparator, b: termOf(c.b) })),
    any: draft.any,
    destination: draft.destination,
    value: draft.value.trim(),
    order: numberOf(draft.order),
  };
}

/** The org's form for a rule, with the draft's values in it. A comma or an equals sign of a value is escaped once more than the rest. */
export function saveUrl(newUrl: string, draft: Draft): string {
  const { name, source, criteria, any, destination, value, order } = ruleOf(draft);
  const [first, ...more] = criteria;
  if (first === undefined || newUrl === '') return newUrl;
  const fields: [string, string][] = [
    ['Name', name],
    ['Source__c', source],
    ['Operand_A__c', first.a.operand ?? ''],
    ['Operand_A_Value__c', first.a.value ?? ''],
    ['Comparator__c', first.comparator],
    ['Operand_B__c', first.b.operand ?? ''],
    ['Operand_B_Value__c', first.b.value ?? ''],
    ['Destination__c', destination === 'org' ? 'Salesforce Agent State' : 'Connect Agent State'],
    ['Value__c', value],
    ['Order__c', String(order)],
    ['Logic__c', any ? 'Any' : 'All'],
    ['More_Criteria__c', more.length === 0 ? '' : JSON.stringify(more)],
    ['Active__c', 'true'],
  ];
  const given = fields.filter(([, text]) => text !== '').map(([field, text]) => `${field}=${encodeURIComponent(text)}`);
  return `${newUrl}${encodeURIComponent(`,${given.join(',')}`)}`;
}
