import { useEffect, useState } from 'react';
import { useConsole } from '../console-context.ts';
import { AuraView } from './AuraView.tsx';
import type { AuraComponent } from './component.ts';

type Loaded = { component: AuraComponent } | { error: string } | null;

interface Props {
  name: string;
  utilityId: string;
}

/** Runs a component: loaded once, gone when the console is. */
function useRunning({ name, utilityId }: Props): Loaded {
  const { aura } = useConsole();
  const [loaded, setLoaded] = useState<Loaded>(null);
  useEffect(() => {
    let running: AuraComponent | null = null;
    let left = false;
    aura.start(name, utilityId).then(
      (component) => {
        running = component;
        if (left) component.destroy();
        else setLoaded({ component });
      },
      (error: unknown) => {
        if (!left) setLoaded({ error: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => {
      left = true;
      running?.destroy();
    };
  }, [aura, name, utilityId]);
  return loaded;
}

/** A component of which nothing is shown: it is never rendered. */
export function AuraBackground(props: Props) {
  const loaded = useRunning(props);
  useEffect(() => {
    if (loaded && 'error' in loaded) window.reportError(new Error(loaded.error));
  }, [loaded]);
  return null;
}

/** An Aura component in the panel of a utility item. */
export function AuraUtility(props: Props) {
  const loaded = useRunning(props);
  if (loaded === null) return <p className="slds-p-around_medium">Loading...</p>;
  if ('error' in loaded)
    return (
      <p className="slds-p-around_medium slds-text-color_error" role="alert">
        This page has an error. {loaded.error}
      </p>
    );
  return <AuraView component={loaded.component} />;
}
