import { useEffect, useMemo, useRef } from 'react';
import { type Console, ConsoleContext, useConsole, useConsoleState } from './console-context.ts';
import { FlowPage } from './flow/FlowPage.tsx';
import { HomePage } from './home/HomePage.tsx';
import { ColumnsDialog } from './list/ColumnsDialog.tsx';
import { ListPage } from './list/ListPage.tsx';
import { visualforceFrame } from './messages/visualforce-frame.ts';
import { EditNavigation } from './navigation/EditNavigation.tsx';
import { OmniNews } from './omni/OmniNews.tsx';
import type { SoftphoneFrame } from './open-cti/frame.ts';
import { ChangeOwner } from './record/ChangeOwner.tsx';
import { DeleteRecord, DeleteRecords } from './record/DeleteRecord.tsx';
import { CloneRecord, EditRecord, NewRecord } from './record/RecordForm.tsx';
import { RecordPage } from './record/RecordPage.tsx';
import { RelatedListPage } from './record/RelatedListPage.tsx';
import { format, type Location } from './routes.ts';
import { SearchPage } from './search/SearchPage.tsx';
import { ContextBar } from './shell/ContextBar.tsx';
import { GlobalHeader } from './shell/GlobalHeader.tsx';
import { SubtabBar } from './shell/SubtabBar.tsx';
import { Toasts } from './shell/Toasts.tsx';
import { UtilityBar } from './shell/UtilityBar.tsx';
import { currentTitle } from './workspace/tabs.ts';

/** The Service Console. The softphone's frame hangs at the utility bar, outside of everything that changes. */
export function App({ value, softphone }: { value: Console; softphone: SoftphoneFrame | null }) {
  return (
    <ConsoleContext value={value}>
      <div className="pc-console">
        <GlobalHeader />
        <ContextBar />
        <Stage />
        <UtilityBar softphone={softphone} />
      </div>
      <OpenDialog />
      <Toasts />
      {value.omni && <OmniNews omni={value.omni} />}
    </ConsoleContext>
  );
}

/** Tabs stay as they were left: each keeps its page, only the focused one is shown. */
function Stage() {
  const workspace = useConsoleState((s) => s.workspace);
  const { tabs, base, focused } = workspace;
  const opened = useMemo(() => tabs.filter((t) => t.opened), [tabs]);
  const title = currentTitle(workspace);
  const { app } = useConsole().start;
  useEffect(() => {
    document.title = title ? `${title} | ${app.label}` : app.label;
  }, [title, app.label]);
  return (
    <main className="pc-stage">
      <SubtabBar workspace={workspace} />
      <div className="pc-pages">
        <div role="tabpanel" id="panel-base" aria-labelledby="tab-base" className="pc-page" hidden={focused !== 'base'}>
          <Page key={format(base)} location={base} tab="base" />
        </div>
        {opened.map((tab) => (
          <div
            key={tab.id}
            role="tabpanel"
            id={`panel-${tab.id}`}
            aria-labelledby={`tab-${tab.id}`}
            className="pc-page"
            hidden={focused !== tab.id}
          >
            <Inside workspace={tab.parent || tab.id}>
              <Page location={tab.location} tab={tab.id} />
            </Inside>
          </div>
        ))}
      </div>
    </main>
  );
}

/** What a page in a workspace opens becomes a subtab of that workspace. */
function Inside({ workspace, children }: { workspace: string; children: React.ReactNode }) {
  const outer = useConsole();
  const inner = useMemo(() => ({ ...outer, under: workspace, open: outer.openUnder(workspace) }), [outer, workspace]);
  return <ConsoleContext value={inner}>{children}</ConsoleContext>;
}

function Page({ location, tab }: { location: Location; tab: string }) {
  switch (location.at) {
    case 'home':
      return <HomePage />;
    case 'list':
      return <ListPage object={location.object} view={location.view} />;
    case 'record':
      return <RecordPage object={location.object} id={location.id} />;
    case 'related':
      return <RelatedListPage object={location.object} id={location.id} list={location.list} />;
    case 'search':
      return <SearchPage query={location.query} />;
    case 'page':
      return <VisualforcePage url={location.url} tab={tab} />;
    case 'flow':
      return <FlowPage location={location} />;
    default:
      return location satisfies never;
  }
}

/** A Visualforce page; in the console it may talk over message channels, in front of the person or for the whole application. */
function VisualforcePage({ url, tab }: { url: string; tab: string }) {
  const { start, store, messages } = useConsole();
  const frame = useRef<HTMLIFrameElement>(null);
  const page = useMemo(() => {
    const active = () => store.get().workspace.focused === tab;
    return visualforceFrame(messages, new URL(url, start.visualforceOrigin), start.app.id, active);
  }, [messages, store, start, url, tab]);
  useEffect(() => (frame.current ? page.attach(frame.current) : undefined), [page]);
  return <iframe ref={frame} className="pc-frame" title="Visualforce page" src={page.src} />;
}

function OpenDialog() {
  const { store } = useConsole();
  const dialog = useConsoleState((s) => s.dialog);
  if (dialog === null) return null;
  const close = () => store.send({ type: 'dialog', dialog: null });
  switch (dialog.show) {
    case 'new':
      return (
        <NewRecord
          object={dialog.object}
          values={dialog.values}
          under={dialog.under ?? ''}
          title={dialog.title ?? ''}
          onClose={close}
        />
      );
    case 'edit':
      return <EditRecord object={dialog.object} id={dialog.id} onClose={close} />;
    case 'clone':
      return <CloneRecord object={dialog.object} id={dialog.id} onClose={close} />;
    case 'delete':
      return <DeleteRecord object={dialog.object} id={dialog.id} name={dialog.name} onClose={close} />;
    case 'deleteMany':
      return <DeleteRecords object={dialog.object} ids={dialog.ids} onClose={close} />;
    case 'owner':
      return <ChangeOwner object={dialog.object} ids={dialog.ids} onClose={close} />;
    case 'navigation':
      return <EditNavigation onClose={close} />;
    case 'columns':
      return <ColumnsDialog object={dialog.object} view={dialog.view} definition={dialog.definition} onClose={close} />;
    default:
      return dialog satisfies never;
  }
}
