import { useEffect, useMemo } from 'react';
import { type Console, ConsoleContext, useConsole, useConsoleState } from './console-context.ts';
import { HomePage } from './home/HomePage.tsx';
import { ListPage } from './list/ListPage.tsx';
import type { SoftphoneFrame } from './open-cti/frame.ts';
import { DeleteRecord } from './record/DeleteRecord.tsx';
import { EditRecord, NewRecord } from './record/RecordForm.tsx';
import { RecordPage } from './record/RecordPage.tsx';
import { format, type Location } from './routes.ts';
import { SearchPage } from './search/SearchPage.tsx';
import { ContextBar } from './shell/ContextBar.tsx';
import { GlobalHeader } from './shell/GlobalHeader.tsx';
import { Toasts } from './shell/Toasts.tsx';
import { UtilityBar } from './shell/UtilityBar.tsx';

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
    </ConsoleContext>
  );
}

/** Tabs stay as they were left: each keeps its page, only the focused one is shown. */
function Stage() {
  const { tabs, base, focused } = useConsoleState((s) => s.workspace);
  const opened = useMemo(() => tabs.filter((t) => t.opened), [tabs]);
  const title = tabs.find((t) => t.id === focused)?.title;
  const { app } = useConsole().start;
  useEffect(() => {
    document.title = title ? `${title} | ${app.label}` : app.label;
  }, [title, app.label]);
  return (
    <main className="pc-stage">
      <div role="tabpanel" id="panel-base" aria-labelledby="tab-base" className="pc-page" hidden={focused !== 'base'}>
        <Page key={format(base)} location={base} />
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
          <Page location={tab.location} />
        </div>
      ))}
    </main>
  );
}

function Page({ location }: { location: Location }) {
  switch (location.at) {
    case 'home':
      return <HomePage />;
    case 'list':
      return <ListPage object={location.object} view={location.view} />;
    case 'record':
      return <RecordPage object={location.object} id={location.id} />;
    case 'search':
      return <SearchPage query={location.query} />;
    case 'page':
      return <VisualforcePage url={location.url} />;
    default:
      return location satisfies never;
  }
}

function VisualforcePage({ url }: { url: string }) {
  const { start } = useConsole();
  return <iframe className="pc-frame" title="Visualforce page" src={new URL(url, start.visualforceOrigin).href} />;
}

function OpenDialog() {
  const { store } = useConsole();
  const dialog = useConsoleState((s) => s.dialog);
  if (dialog === null) return null;
  const close = () => store.send({ type: 'dialog', dialog: null });
  switch (dialog.show) {
    case 'new':
      return <NewRecord object={dialog.object} values={dialog.values} onClose={close} />;
    case 'edit':
      return <EditRecord object={dialog.object} id={dialog.id} onClose={close} />;
    case 'delete':
      return <DeleteRecord object={dialog.object} id={dialog.id} name={dialog.name} onClose={close} />;
    default:
      return dialog satisfies never;
  }
}
