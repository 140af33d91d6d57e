import { useEffect } from 'react';
import { useDesk } from '../desk.ts';
import { writes } from '../keys.ts';
import { Icon } from '../shell/icons.tsx';
import { Notice, Shown, Title } from '../shell/parts.tsx';
import { zoneNote } from '../time.ts';
import { useFeed } from '../use-feed.ts';
import type { CallDetail } from '../wire.ts';
import { caller } from '../words.ts';
import { LegView } from './LegView.tsx';

/** One contact, at each agent who had it: why it popped or did not, and all that this rests on. */
export function CallPage({ id }: { id: string }) {
  const { api, back, kept } = useDesk();
  const { feed, again } = useFeed<CallDetail>(id, (signal) => api.call(id, signal));
  useEffect(() => {
    kept.opened = id;
    const press = (e: KeyboardEvent) => {
      if (e.key !== 'Escape' || e.defaultPrevented || writes(e.target) || document.querySelector('dialog[open]'))
        return;
      back();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [id, back, kept]);
  const first = feed.value?.legs[0]?.call;
  return (
    <>
      <button type="button" className="slds-button pc-back" onClick={back}>
        <Icon name="back" />
        Calls
      </button>
      <Title side={<p className="pc-aside">{zoneNote()}</p>}>
        {first ? `Call ${first.inbound ? 'from' : 'to'} ${caller(first)}` : 'Call'}
      </Title>
      <Shown feed={feed} what="the call">
        {(detail) => (
          <>
            {detail.damaged.length > 0 && (
              <Notice tone="warn" title="Not everything that was kept of this call can be read.">
                {detail.damaged.join(', ')}
              </Notice>
            )}
            {detail.legs.map((leg) => (
              <LegView key={leg.call.agent.userId || leg.call.agent.username} leg={leg} onDone={again} />
            ))}
            <p className="pc-soft pc-id">
              Contact id <code>{detail.contactId}</code>
            </p>
          </>
        )}
      </Shown>
    </>
  );
}
