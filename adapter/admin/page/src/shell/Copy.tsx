import { useState } from 'react';

/** A text to be put elsewhere: read as it is, and copied by a button where the browser lets the page. */
export function Copy({ what, text }: { what: string; text: string }) {
  const [done, setDone] = useState('');
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setDone('Copied'),
      () => setDone('Not copied: mark the text and copy it'),
    );
  return (
    <>
      <code>{text}</code>{' '}
      {'clipboard' in navigator && (
        <button type="button" className="slds-button" onClick={copy}>
          Copy {what}
        </button>
      )}
      <span role="status" className="pc-soft">
        {done}
      </span>
    </>
  );
}
