import { useState } from 'react';
import { FormElement } from '../parts/inputs.tsx';
import { Screen } from '../parts/Screen.tsx';
import { Section } from '../parts/Sections.tsx';
import { SetupForm } from '../parts/SetupForm.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSetup } from '../setup-context.ts';
import { saved } from './center-wire.ts';

const largest = 200_000; // bytes of a definition

/** A file as it is: its encoding is its own. */
async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Reads a definition file and makes a call center of it. */
export function ImportCallCenter() {
  const { post } = useSetup().api;
  const { open } = useSetup();
  const [file, setFile] = useState<File | null>(null);
  const change = useChange();
  return (
    <Screen icon="standard:call" crumb="Setup > Call Centers" title="Call Center Import">
      <SetupForm
        form={change}
        name="Call Center Import"
        save="Import"
        onSave={() =>
          void change.run(async () => {
            if (!file) throw new Error('Error: Choose a call center definition file.');
            if (file.size > largest) throw new Error('Error: The file is too large for a call center definition.');
            const made = await post('call-centers', saved, { source: await base64(file) });
            open('CallCenters', `/${made.id}`);
          })
        }
        onCancel={() => open('CallCenters')}
      >
        <Section title="Import a call center definition">
          <p className="slds-m-bottom_small">
            Choose the XML file that defines the call center. Its fields cannot be changed afterwards, their values can.
          </p>
          <FormElement label="Call Center Definition File">
            {(control) => (
              <input
                {...control}
                type="file"
                accept=".xml,text/xml"
                onChange={(e) => setFile(e.currentTarget.files?.[0] ?? null)}
              />
            )}
          </FormElement>
        </Section>
      </SetupForm>
    </Screen>
  );
}
