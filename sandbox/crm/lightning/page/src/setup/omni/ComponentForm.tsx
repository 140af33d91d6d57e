import { useState } from 'react';
import { DuelingList } from '../parts/DuelingList.tsx';
import { Checkbox, Radios, Select, TextInput } from '../parts/inputs.tsx';
import { Screen } from '../parts/Screen.tsx';
import { Section } from '../parts/Sections.tsx';
import { SetupForm } from '../parts/SetupForm.tsx';
import { useChange } from '../parts/use-change.ts';
import { apiName } from '../permsets/Properties.tsx';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';
import { type Field, isOnline, type Kind, optionProblem } from './kinds.ts';
import type { Choice, Component } from './wire.ts';

interface Props {
  kind: Kind;
  start: Component;
  isNew: boolean;
  choices: Record<string, Choice[]>;
}

/** The form of one component. A developer name is given once. */
export function ComponentForm({ kind, start, isNew, choices }: Props) {
  const { api, open, say } = useSetup();
  const [draft, setDraft] = useState(start);
  const [online, setOnline] = useState(isNew || isOnline(start));
  const change = useChange(['name', kind.label]);
  const title = isNew ? `New ${kind.one}` : `Edit ${kind.one}`;
  const label = draft.texts[kind.label] ?? '';
  const back = () => open(kind.node);
  const save = async () => {
    const hasOption = kind.fields.some((f) => f.is === 'option');
    const sent = hasOption && !online ? { ...draft, lists: { ...draft.lists, channels: [] } } : draft;
    const isSaved = await change.run(async () => {
      const problem = hasOption ? optionProblem(online, sent.lists.channels ?? []) : '';
      if (problem !== '') throw new Error(problem);
      await api.post(isNew ? kind.path : `${kind.path}/${start.name}`, done, sent);
    });
    if (!isSaved) return;
    say('success', `${kind.one} "${label}" was saved.`);
    back();
  };
  return (
    <Screen title={title} crumb={`${kind.crumb} > ${kind.title}`}>
      <SetupForm form={change} name={title} onSave={() => void save()} onCancel={back}>
        {kind.fields.map((field) => (
          <Input
            key={field.name}
            field={field}
            draft={draft}
            choices={choices}
            error={change.fields[field.name]}
            online={online}
            onOnline={setOnline}
            onChange={setDraft}
          >
            {field.name === kind.label && (
              <TextInput
                label="Developer Name"
                required
                maxLength={80}
                readOnly={!isNew}
                value={draft.name}
                error={change.fields.name}
                help={isNew ? apiName(label) : ''}
                onChange={(name) => setDraft({ ...draft, name })}
              />
            )}
          </Input>
        ))}
      </SetupForm>
    </Screen>
  );
}

interface InputProps {
  field: Field;
  draft: Component;
  choices: Record<string, Choice[]>;
  error: string | undefined;
  online: boolean;
  onOnline(online: boolean): void;
  onChange(draft: Component): void;
  children: React.ReactNode; // below it
}

const options = (choices: Choice[] | undefined) => (choices ?? []).map((c) => ({ value: c.name, label: c.label }));

function Input({ field, draft, choices, error, online, onOnline, onChange, children }: InputProps) {
  const text = (value: string) => onChange({ ...draft, texts: { ...draft.texts, [field.name]: value } });
  const list = (value: string[]) => onChange({ ...draft, lists: { ...draft.lists, [field.name]: value } });
  switch (field.is) {
    case 'text':
    case 'number':
      return (
        <>
          <TextInput
            label={field.label}
            required={field.required}
            help={field.help}
            error={error}
            value={draft.texts[field.name] ?? ''}
            onChange={text}
          />
          {children}
        </>
      );
    case 'flag':
      return (
        <Checkbox
          label={field.label}
          checked={draft.flags[field.name] ?? false}
          onChange={(on) => onChange({ ...draft, flags: { ...draft.flags, [field.name]: on } })}
        />
      );
    case 'choice':
      return (
        <Select
          label={field.label}
          required={field.required}
          none={field.none}
          error={error}
          value={draft.texts[field.name] ?? ''}
          options={options(typeof field.from === 'string' ? choices[field.from] : field.from)}
          onChange={text}
        />
      );
    case 'list':
      return (
        <Section title={field.chosen.replace('Selected ', '')}>
          <DuelingList
            available={field.available}
            chosen={field.chosen}
            isOrdered={false}
            options={{ all: options(choices[field.from]), value: draft.lists[field.name] ?? [] }}
            onChange={list}
          />
        </Section>
      );
    case 'option':
      return (
        <>
          <Radios
            legend="Status Options"
            value={online ? 'online' : 'busy'}
            options={[
              { value: 'online', label: 'Online' },
              { value: 'busy', label: 'Busy' },
            ]}
            onChange={(value) => onOnline(value === 'online')}
          />
          {online && (
            <Section title="Service Channels">
              <DuelingList
                available={field.available}
                chosen={field.chosen}
                isOrdered={false}
                options={{ all: options(choices[field.from]), value: draft.lists[field.name] ?? [] }}
                onChange={list}
              />
            </Section>
          )}
        </>
      );
    default:
      return field satisfies never;
  }
}
