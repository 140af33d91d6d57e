import { useState } from 'react';
import { Submit } from './Button.tsx';
import { Checkbox } from './inputs.tsx';
import { Problem } from './SetupForm.tsx';
import type { Sending } from './use-change.ts';

interface Props {
  title: string;
  sending: Sending;
  /** Whether it is shown again the next time. */
  onContinue(again: boolean): void;
  children: React.ReactNode;
}

/** A page that greets somebody who comes for the first time. */
export function Splash({ title, sending, onContinue, children }: Props) {
  const [isHidden, setHidden] = useState(true);
  return (
    <div className="pc-setup-card pc-splash">
      <h2 className="slds-text-heading_large slds-m-bottom_medium">{title}</h2>
      <div className="slds-text-longform slds-m-bottom_large">{children}</div>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          onContinue(!isHidden);
        }}
      >
        <Problem of={sending} />
        <Checkbox label="Don't show me this page again" checked={isHidden} onChange={setHidden} />
        <Submit disabled={sending.isBusy}>Continue</Submit>
      </form>
    </div>
  );
}
