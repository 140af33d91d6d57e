import { useConsole } from '../console-context.ts';
import { PhoneNumber } from '../dial/PhoneNumber.tsx';
import type { Row } from '../wire.ts';
import { webAddress } from './format.ts';
import { RecordLink } from './RecordLink.tsx';

interface Props {
  record: Row;
  name: string;
  type: string;
}

/** One field of a record as its type deserves: numbers dial, references open, addresses link. */
export function FieldValue({ record, name, type }: Props) {
  const { show } = useConsole();
  const value = record.values[name] ?? null;
  const target = record.references[name];
  if (target) return <RecordLink record={target} />;
  if (type === 'boolean')
    return (
      <span className="slds-checkbox">
        <input type="checkbox" disabled checked={value === true} aria-label={name} />
        <span className="slds-checkbox__label">
          <span className="slds-checkbox_faux" />
        </span>
      </span>
    );
  const text = show(value, type);
  if (text === '') return null;
  if (type === 'phone') return <PhoneNumber number={text} record={record} />;
  if (type === 'email') return <a href={`mailto:${encodeURIComponent(text).replace('%40', '@')}`}>{text}</a>;
  const address = type === 'url' ? webAddress(text) : null;
  if (address)
    return (
      <a href={address} target="_blank" rel="noreferrer">
        {text}
      </a>
    );
  return type === 'textarea' ? <span className="pc-multiline">{text}</span> : <span>{text}</span>;
}
