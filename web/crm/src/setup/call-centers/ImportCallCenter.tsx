import { useId, useState } from 'react';
import { Button, Card, FormTrouble, Screen, Submit } from '../screen/Screen.tsx';
import { useChange, usePhoneSetup, useSetup } from '../screen/setup-context.ts';
import { saved } from './center-wire.ts';

const largest = 200_000; // bytes of a definition

/** Reads a definition file and makes a call center of it. */
export function ImportCallCenter() {
  const { post } = usePhoneSetup();
  const { go } = useSetup();
  const [file, setFile] = useState<File | null>(null);
  const { busy, trouble, run } = useChange();
  const id = useId();
  return (
    <Screen title="Call Center Import">
      <form
        onSubmit={(e) => {
          e.preventDefault();
          void run(async () => {
            if (!file) throw new Error('Error: Choose a call center definition file.');
            if (file.size > largest) throw new Error('Error: The file is too large for a call center definition.');
            const made = await post('call-centers', saved, { source: await file.text() });
            go('CallCenters', `/${made.id}`);
          });
        }}
      >
        <FormTrouble trouble={trouble} />
        <Card title="Import a call center definition">
          <p className="slds-m-bottom_small">
            Choose the XML file that defines the call center. Its fields cannot be changed afterwards, their values can.
          </p>
          <div className="slds-form-element">
            <label className="slds-form-element__label" htmlFor={id}>
              Call Center Definition File
            </label>
            <div className="slds-form-element__control">
              <input
                id={id}
                type="file"
                accept=".xml,text/xml"
                onChange={(e) => setFile(e.target.files?.[0] ?? null)}
              />
            </div>
          </div>
        </Card>
        <div className="pc-actions slds-align_absolute-center">
          <Submit busy={busy}>Import</Submit>
          <Button onClick={() => go('CallCenters')}>Cancel</Button>
        </div>
      </form>
    </Screen>
  );
}
