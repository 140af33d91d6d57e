import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { type Message, mailbox } from '../packages/packages-wire.ts';
import { Await } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { useMoment } from '../parts/Moment.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { Section } from '../parts/Sections.tsx';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';
import { linked } from './linked.ts';

/** The messages that the platform would send by e-mail: an administrator's show everybody's. The page is the sandbox's own. */
export function Mailbox() {
  const moment = useMoment();
  const { get, post } = useSetup().api;
  const [open, setOpen] = useState<Message | null>(null);
  const [revision, setRevision] = useState(0);
  const loaded = useLoad(`mailbox#${revision}`, () => get('mailbox', mailbox));
  const read = (m: Message) => {
    setOpen(m);
    if (!m.read) void post(`mailbox/${m.id}`, done, {}).then(() => setRevision((n) => n + 1));
  };
  return (
    <Screen
      icon="standard:email"
      title="Sandbox Mailbox"
      actions={<Button onClick={() => setRevision((n) => n + 1)}>Refresh</Button>}
    >
      <Await of={loaded} what="mailbox">
        {({ address, all, messages }) => (
          <Card>
            <p className="slds-m-bottom_small">
              This sandbox sends no e-mail. What it would send to {all ? 'the users of this org' : address} is kept
              here; a real org has no such page.
            </p>
            <div className="slds-grid slds-gutters_small">
              <div className="slds-col slds-size_1-of-3">
                {messages.length === 0 && <p className="slds-text-color_weak">There are no messages.</p>}
                <ul aria-label="Messages">
                  {messages.map((m) => (
                    <li key={m.id} className="slds-border_bottom">
                      <button
                        type="button"
                        className={`slds-button pc-message ${m.read ? '' : 'pc-unread'}`}
                        aria-current={open?.id === m.id}
                        onClick={() => read(m)}
                      >
                        <span className="slds-truncate">{m.subject}</span>
                        <span className="slds-text-color_weak slds-text-body_small">
                          {all && `${m.to}, `}
                          {moment(m.at)}
                        </span>
                      </button>
                    </li>
                  ))}
                </ul>
              </div>
              <div className="slds-col slds-size_2-of-3">
                {open && (
                  <Section title={open.subject}>
                    <p className="slds-text-color_weak slds-m-bottom_small">
                      From {open.from}
                      <br />
                      To {open.to}, {moment(open.at)}
                    </p>
                    <p className="pc-message-body">
                      {linked(open.body).map(({ text, href }) =>
                        href ? (
                          <a key={text} href={href} target="_blank" rel="noreferrer">
                            {text}
                          </a>
                        ) : (
                          text
                        ),
                      )}
                    </p>
                  </Section>
                )}
              </div>
            </div>
          </Card>
        )}
      </Await>
    </Screen>
  );
}
