import { type Loaded, useLoad } from '@patchcord/ui/use-load.ts';
import { useEffect, useRef, useState } from 'react';
import { useDesk } from '../desk.ts';
import { format, type Location } from '../routes.ts';

/** A link inside the console: the page stays, the address changes. */
export function Go({
  to,
  current = false,
  className,
  children,
}: {
  to: Location;
  current?: boolean;
  className?: string;
  children: React.ReactNode;
}) {
  const { open } = useDesk();
  return (
    <a
      href={format(to)}
      className={className}
      aria-current={current ? 'page' : undefined}
      onClick={(e) => {
        if (e.metaKey || e.ctrlKey || e.shiftKey || e.button !== 0) return;
        e.preventDefault();
        open(to);
      }}
    >
      {children}
    </a>
  );
}

/** Says what went wrong, and is brought into view. */
export function Alert({ children }: { children: React.ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView?.({ block: 'nearest' }); // newer browsers return a promise, which is no clean-up
  }, []);
  return (
    <div ref={box} className="cc-alert" role="alert">
      {children}
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: React.ReactNode }) {
  return (
    <div className="cc-empty">
      <h2 className="slds-text-heading_small">{title}</h2>
      {children && <p className="slds-m-top_xx-small">{children}</p>}
    </div>
  );
}

export function PageHeader({ above, title, children }: { above: string; title: string; children?: React.ReactNode }) {
  return (
    <div className="slds-page-header cc-page-header">
      <div>
        <p className="slds-text-title">{above}</p>
        <h1 className="slds-page-header__title">{title}</h1>
      </div>
      <div className="cc-actions">{children}</div>
    </div>
  );
}

export const words = (error: unknown): string => (error instanceof Error ? error.message : 'Something went wrong.');

/** Loads something now, and again whenever `again` is called; what is there stays while it loads again. */
export function useLoaded<T>(load: () => Promise<T>, key: string): { state: Loaded<T>; again(): void } {
  const [turn, setTurn] = useState(0);
  return { state: useLoad(`${key}#${turn}`, load), again: () => setTurn((n) => n + 1) };
}
