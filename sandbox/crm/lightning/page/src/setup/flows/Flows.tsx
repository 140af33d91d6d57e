import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Notice } from '../../shell/States.tsx';
import { classic } from '../location.ts';
import { Pending } from '../parts/Await.tsx';
import { Act, Button } from '../parts/Button.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Ticked } from '../parts/inputs.tsx';
import { Moment, useMoment } from '../parts/Moment.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { SearchBox } from '../parts/SearchBox.tsx';
import { Details, Section } from '../parts/Sections.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';
import * as wire from './wire.ts';

const node = 'Flows';
const path = (name: string, act = '') => `/setup/flows/${encodeURIComponent(name)}${act}`;
const runs = (name: string) => window.open(`/flow/${encodeURIComponent(name)}`, '_blank');

/** Setup → Process Automation → Flows: the list, and a flow's detail. */
export function Flows() {
  const [name] = classic(useSetup().location.address).parts;
  return name === undefined ? <FlowList /> : <FlowDetail key={name} name={name} />;
}

/** Switches a flow on or off, and says so. */
function useSwitch(changed: () => void) {
  const { api, say } = useSetup();
  return async (f: wire.FlowRow) => {
    try {
      await api.call('POST', path(f.name, f.active ? '/deactivate' : '/activate'), done);
      say('success', `${f.label} was ${f.active ? 'deactivated' : 'activated'}.`);
      changed();
    } catch (error) {
      say('error', error instanceof Error ? error.message : 'It was not done.');
    }
  };
}

function FlowList() {
  const { api, open, may } = useSetup();
  const [revision, setRevision] = useState(0);
  const [typed, setTyped] = useState('');
  const page = useLoad(`flows#${revision}`, () => api.call('GET', '/setup/flows', wire.flows));
  const toggle = useSwitch(() => setRevision(revision + 1));
  return (
    <Screen icon="standard:flow" title="Flows">
      <Card>
        {page.is !== 'ready' && <Pending of={page} what="flows" />}
        {page.is === 'ready' && page.value.flows.length === 0 && (
          <Notice icon="flow" title="There are no flows">
            Deploy one with the Metadata API, in the folder flows. Screen flows that are active can be run, and popped
            by a softphone layout.
          </Notice>
        )}
        {page.is === 'ready' && page.value.flows.length > 0 && (
          <>
            <SearchBox label="Search flows" onSearch={setTyped} />
            <SetupTable
              label="Flows"
              columns={[
                'Flow Label',
                'Flow API Name',
                'Process Type',
                'Active',
                'Last Modified By',
                'Last Modified Date',
              ]}
              empty="No flows match your search."
              rows={wire.found(page.value.flows, typed).map((f) => ({
                key: f.id,
                actions: (
                  <>
                    {f.screens && <Act label="Run" name={`Run ${f.label}`} onAct={() => runs(f.name)} />}
                    {may('ManageInteraction') && (
                      <Act
                        label={f.active ? 'Deactivate' : 'Activate'}
                        name={`${f.active ? 'Deactivate' : 'Activate'} ${f.label}`}
                        onAct={() => void toggle(f)}
                      />
                    )}
                  </>
                ),
                cells: [
                  <Act key="label" label={f.label} onAct={() => open(node, `/${f.name}`)} />,
                  f.name,
                  f.type,
                  <Ticked key="active" on={f.active} label={`${f.label} is active`} />,
                  f.modifiedBy,
                  <Moment key="modified" at={f.lastModified} />,
                ],
              }))}
            />
          </>
        )}
      </Card>
    </Screen>
  );
}

function FlowDetail({ name }: { name: string }) {
  const moment = useMoment();
  const { api, open, may, say } = useSetup();
  const [revision, setRevision] = useState(0);
  const [isDeleting, setDeleting] = useState(false);
  const page = useLoad(`flow/${name}#${revision}`, () => api.call('GET', path(name), wire.flow));
  const toggle = useSwitch(() => setRevision(revision + 1));
  if (page.is !== 'ready') return <Pending of={page} what="flow" />;
  const f = page.value;
  const manages = may('ManageInteraction');
  const button = (label: string, onClick: () => void) => <Button onClick={onClick}>{label}</Button>;
  return (
    <Screen
      icon="standard:flow"
      title={f.label}
      crumb="Flow"
      actions={
        <>
          {f.screens && button('Run', () => runs(f.name))}
          {manages && button(f.active ? 'Deactivate' : 'Activate', () => void toggle(f))}
          {manages && !f.active && button('Delete', () => setDeleting(true))}
          {button('Back to List: Flows', () => open(node))}
        </>
      }
    >
      <Card>
        <Section title="Flow Detail">
          <Details
            items={[
              ['Flow Label', f.label],
              ['Flow API Name', f.name],
              ['Process Type', f.type],
              ['Active', <Ticked key="active" on={f.active} label="Active" />],
              ['Description', f.description],
              ['API Version', f.apiVersion === 0 ? '' : f.apiVersion.toFixed(1)],
              ['Created By', `${f.createdBy} ${moment(f.created)}`],
              ['Last Modified By', `${f.modifiedBy} ${moment(f.lastModified)}`],
            ]}
          />
        </Section>
        <Section title="Flow Versions">
          <SetupTable
            label="Flow Versions"
            columns={['Version', 'Label', 'Status', 'Last Modified Date']}
            empty=""
            rows={[
              {
                key: f.id,
                cells: [String(f.version), f.label, f.status, <Moment key="modified" at={f.lastModified} />],
              },
            ]}
          />
        </Section>
        <Section title="Input Variables">
          <SetupTable
            label="Input Variables"
            columns={['API Name', 'Data Type']}
            empty="No variable is available for input."
            rows={f.inputs.map((v) => ({ key: v.name, cells: [v.name, v.type] }))}
          />
        </Section>
        <Section title="Elements">
          <p className="slds-m-bottom_small slds-text-color_weak">
            In the order in which they are reached. Flows are built elsewhere and deployed.
          </p>
          <SetupTable
            label="Elements"
            columns={['Label', 'API Name', 'Element', 'What It Does']}
            empty="The flow has no elements."
            rows={f.elements.map((e) => ({
              key: e.name,
              cells: [e.label, e.name, wire.kindOf(e.kind), e.says],
            }))}
          />
        </Section>
      </Card>
      {isDeleting && (
        <ConfirmDialog
          title="Delete Flow"
          act="Delete"
          onAct={async () => {
            await api.call('DELETE', path(f.name), done);
            say('success', `${f.label} was deleted.`);
            open(node);
          }}
          onClose={() => setDeleting(false)}
        >
          Deleting {f.label} can't be undone. Softphone layouts that pop it open nothing anymore.
        </ConfirmDialog>
      )}
    </Screen>
  );
}
