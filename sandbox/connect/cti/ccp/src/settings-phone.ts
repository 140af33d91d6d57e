import { element } from './dom.ts';
import { reason } from './problems.ts';
import type { Part } from './settings.ts';
import type { Agent } from './streams.ts';
import { dialable } from './view.ts';

/** Where calls reach the agent: in this browser, or on a telephone with a number of its own. */
export interface Phone {
  softphone: boolean;
  /** E.164; empty if there is none. */
  number: string;
}

/** Tells the contact centre; fails with a sentence for the agent. */
export type SavePhone = (phone: Phone) => Promise<void>;

const answerWithin = 15_000; // the library calls nobody back if the session has ended

export function savePhone(
  agent: Pick<Agent, 'getConfiguration' | 'setConfiguration'> | undefined,
  phone: Phone,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const silent = () => reject(new Error('The contact centre does not answer. Try again.'));
    const timer = setTimeout(silent, agent ? answerWithin : 0);
    const changed = { softphoneEnabled: phone.softphone, extension: phone.number };
    agent?.setConfiguration(
      { ...agent.getConfiguration(), ...changed },
      {
        success: () => {
          clearTimeout(timer);
          resolve();
        },
        failure: (e) => {
          clearTimeout(timer);
          reject(new Error(reason(e)));
        },
      },
    );
  });
}

/** The phone that was typed, or what is wrong with it. The number of a desk phone is kept while the softphone is used. */
export function readPhone(softphone: boolean, typed: string, before: string): Phone | string {
  const number = dialable(typed.trim());
  if (softphone) return { softphone, number: number ?? before };
  return number ? { softphone, number } : 'This is not a whole telephone number. Enter it with its country code.';
}

/** The settings' part in which the agent chooses. What was typed stays until it is saved or the panel is loaded again. */
export class PhonePart implements Part {
  readonly element: HTMLFormElement;
  private readonly softphone = radio('softphone', 'Softphone');
  private readonly desk = radio('desk', 'Desk phone');
  private readonly number = element('input', {
    type: 'tel',
    id: 'desk-number',
    maxlength: '30',
    autocomplete: 'off',
    'aria-describedby': 'desk-hint desk-wrong',
  });
  private readonly numberField = element(
    'div',
    { class: 'field' },
    element('label', { for: 'desk-number' }, 'Desk phone number'),
    this.number,
    element('p', { id: 'desk-hint', class: 'hint' }, 'With its country code, such as +1 206 555 0142.'),
  );
  private readonly wrong = element('p', { id: 'desk-wrong', role: 'alert', class: 'wrong', hidden: '' });
  private readonly said = element('p', { role: 'status', class: 'saved' });
  private readonly button = element('button', { type: 'submit', class: 'action save' }, 'Save');
  private readonly hold = element('p', { class: 'hint', hidden: '' }, 'Close your contact first, then change this.');
  private current: Phone = { softphone: true, number: '' };
  private isEdited = false;
  private isBusy = false;
  private isKnown = false;
  private isSaving = false;

  constructor(private readonly save: SavePhone) {
    this.element = element(
      'form',
      { class: 'part', 'aria-labelledby': 'phone-title', novalidate: '' },
      element(
        'fieldset',
        {},
        element('legend', {}, element('h2', { id: 'phone-title' }, 'Phone type')),
        this.softphone.label,
        this.desk.label,
      ),
      this.numberField,
      this.hold,
      this.wrong,
      element('div', { class: 'row' }, this.button, this.said),
    );
    this.element.addEventListener('input', () => {
      this.isEdited = true;
      this.said.textContent = '';
      this.draw();
    });
    this.element.addEventListener('submit', (e) => {
      e.preventDefault();
      void this.submit();
    });
    this.draw();
  }

  /** What the contact centre has, and whether a contact is open. */
  update(phone: Phone, isBusy: boolean): void {
    const isNew = phone.softphone !== this.current.softphone || phone.number !== this.current.number;
    const wasBusy = this.isBusy;
    const isFirst = !this.isKnown;
    this.isKnown = true;
    this.current = phone;
    this.isBusy = isBusy;
    if (!this.isEdited && (isNew || this.number.value === '')) {
      this.softphone.input.checked = phone.softphone;
      this.desk.input.checked = !phone.softphone;
      this.number.value = phone.number;
    }
    if (isNew || isFirst || wasBusy !== isBusy) this.draw();
  }

  private draw(): void {
    const isLocked = !this.isKnown || this.isBusy || this.isSaving;
    this.numberField.hidden = !this.desk.input.checked;
    this.hold.hidden = !this.isBusy;
    for (const control of [this.softphone.input, this.desk.input, this.number, this.button])
      control.disabled = isLocked;
    this.button.textContent = this.isSaving ? 'Saving…' : 'Save';
  }

  private async submit(): Promise<void> {
    const phone = readPhone(this.softphone.input.checked, this.number.value, this.current.number);
    if (typeof phone === 'string') {
      this.tell(phone);
      this.number.setAttribute('aria-invalid', 'true');
      this.number.focus();
      this.wrong.scrollIntoView({ block: 'nearest' });
      return;
    }
    this.tell('');
    this.isSaving = true;
    this.draw();
    try {
      await this.save(phone);
      this.isEdited = false;
      this.said.textContent = 'Saved.';
    } catch (e) {
      this.tell(e instanceof Error ? e.message : 'That did not work. Try again.');
    }
    this.isSaving = false;
    this.draw();
    this.button.focus();
  }

  private tell(text: string): void {
    this.wrong.textContent = text;
    this.wrong.hidden = text === '';
    this.number.removeAttribute('aria-invalid');
  }
}

function radio(value: string, name: string): { input: HTMLInputElement; label: HTMLLabelElement } {
  const input = element('input', { type: 'radio', name: 'phone', value });
  return { input, label: element('label', { class: 'choice' }, input, name) };
}
