import { type PageEffect, type PageEvent, type PageState, type Step, stay } from './page-state.ts';
import type { ContactFacts } from './wire/read.ts';

/** What the console's bar shows of the softphone. The number is empty when it is withheld. */
export interface Shown {
  what: 'phone' | 'ringing' | 'onCall';
  number: string;
}

const idle: Shown = { what: 'phone', number: '' };

type CallEvent = Extract<
  PageEvent,
  { type: 'ended' | 'contact' | 'choose' | 'choseRecord' | 'recordOpened' | 'dismissedChoice' }
>;

/** What an event makes of what the page shows about contacts. */
export function callStep(s: PageState, e: CallEvent): Step {
  switch (e.type) {
    case 'ended': {
      const step = labelled({ ...s, agent: null, settled: false, leaving: false, talking: [] }, idle);
      return { state: step.state, effects: [{ type: 'resign' }, ...step.effects] };
    }
    case 'contact':
      return contact(s, e);
    case 'choose': {
      const choice = e.choose.matches.length > 0 ? e.choose : null;
      return { state: { ...s, choice }, effects: choice ? [{ type: 'showPanel' }] : [] };
    }
    case 'choseRecord':
      if (!s.choice?.matches.some((m) => m.recordId === e.recordId)) return stay(s);
      return { state: s, effects: [{ type: 'pop', contactId: s.choice.contactId, recordId: e.recordId }] };
    case 'recordOpened': {
      const isThis = s.choice?.contactId === e.contactId;
      return {
        state: isThis ? { ...s, choice: null } : s,
        effects: [{ type: 'tellChosen', contactId: e.contactId, recordId: e.recordId }],
      };
    }
    case 'dismissedChoice':
      return stay({ ...s, choice: null });
    default:
      return e satisfies never;
  }
}

function contact(s: PageState, e: Extract<CallEvent, { type: 'contact' }>): Step {
  const { contact: c, gone, replay } = e;
  const starting = !gone && (c.state === 'connecting' || c.state === 'incoming');
  const isTalking = !gone && c.type === 'voice' && c.state === 'connected';
  const others = s.talking.filter((id) => id !== c.contactId);
  const step = labelled(
    {
      ...s,
      talking: isTalking && e.hasAudio ? [...others, c.contactId] : others,
      choice: gone && s.choice?.contactId === c.contactId ? null : s.choice, // the call is over: nothing is left to choose for
    },
    shownOf(s.shown, c, gone, starting),
  );
  // A reload closes the panel: the controls of a call that is already going on are shown again.
  const unseen = starting || (replay && !gone && c.state === 'connected');
  const effects: PageEffect[] = unseen ? [{ type: 'showPanel' }] : [];
  return { state: step.state, effects: [...step.effects, ...effects] };
}

function shownOf(before: Shown, c: ContactFacts, gone: boolean, starting: boolean): Shown {
  if (gone || c.state === 'ended' || c.state === 'missed') return idle;
  if (starting && c.inbound) return { what: 'ringing', number: c.phoneNumber };
  return c.state === 'connected' ? { what: 'onCall', number: c.phoneNumber } : before;
}

function labelled(s: PageState, shown: Shown): Step {
  if (shown.what === s.shown.what && shown.number === s.shown.number) return stay(s);
  return { state: { ...s, shown }, effects: [{ type: 'label', shown }] };
}
