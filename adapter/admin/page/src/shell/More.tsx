import { useEffect, useRef, useState } from 'react';
import { asRefusal } from '../api.ts';

/** A button that puts the following page below what is shown. */
export function More<T>({ label, load, onMore }: { label: string; load(): Promise<T>; onMore(page: T): void }) {
  const [is, set] = useState<{ busy: boolean; problem: string }>({ busy: false, problem: '' });
  const there = useRef(true);
  useEffect(() => {
    there.current = true;
    return () => {
      there.current = false;
    };
  }, []);
  const ask = () => {
    set({ busy: true, problem: '' });
    load().then(
      (page) => {
        if (!there.current) return;
        set({ busy: false, problem: '' });
        onMore(page);
      },
      (error: unknown) => there.current && set({ busy: false, problem: asRefusal(error).message }),
    );
  };
  return (
    <div className="pc-more">
      {is.problem !== '' && <p role="alert">{is.problem}</p>}
      <button type="button" className="slds-button slds-button_neutral" disabled={is.busy} onClick={ask}>
        {is.busy ? 'Loading…' : label}
      </button>
    </div>
  );
}
