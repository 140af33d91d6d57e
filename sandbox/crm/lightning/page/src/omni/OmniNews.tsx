import { useEffect, useState } from 'react';
import { useConsole } from '../console-context.ts';
import type { OmniClient } from './client.ts';
import { nameOf } from './work-name.ts';

/** Says to who cannot see the utility bar that work has come, and how the person stands. */
export function OmniNews({ omni }: { omni: OmniClient }) {
  const { start } = useConsole();
  const [news, setNews] = useState('');
  useEffect(
    () =>
      omni.listen((e) => {
        if (e.name === 'omniChannelStatusChanged') setNews(`Omni-Channel status: ${String(e.params.statusName)}`);
        if (e.name === 'omniChannelLogout') setNews('Omni-Channel status: Offline');
        if (e.name !== 'omniChannelWorkAssigned') return;
        const work = omni.view().works.find((w) => w.workId === e.params.workId);
        if (work) setNews(`New work: ${nameOf(work, start.kinds)} ${work.subject}`.trim());
      }),
    [omni, start],
  );
  return (
    <div role="status" className="slds-assistive-text">
      {news}
    </div>
  );
}
