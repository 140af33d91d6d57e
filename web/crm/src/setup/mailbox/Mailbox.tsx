import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { type Message, mailbox } from '../packages/packages-wire.ts';
import { Await, Card, Screen } from '../screen/Screen.tsx';
import { decodeNothing, shownMoment, usePhoneSetup } from '../screen/setup-context.ts';
import { linked } from './linked.ts';

/** The messages that the platform would send by e-mail: an administrator's show everybody's. The page is the sandbox's own. */
export function Mailbox() {
  const { get, post } = usePhoneSetup();
  const [open, setOpen] = useState<Message | null>(null);
  const [revision, setRevision] = useState(0);
  const loaded = useLoad(`mailbox#${revision}`, () => get('mailbox', mailbox));
  const read = (m: Message) => {
    setOpen(m);
    if (!m.read) void post(`mailbox/${m.id}`, decodeNothing, {}).then(() => setRevision((n) => n + 1));
  };
  return (
    <Screen
      title="Sandbox Mailbox"
      actions={
        <button type="button" className="slds-button slds-button_neutral" onClick={() => setRevision((n) => n + 1)}>
          Refresh
        </button>
      }
    >
      <Await of={loaded} what="mailbox">
        {({ address, all, messages }) => (
          <>
            <p className="slds-m-bottom_small slds-text-color_weak">
              This sandbox sends no e-mail. What it would send to {all ? 'the users of this org' : address} is kept
              here; a real org has no such page.
            </p>
            <div className="slds-grid slds-gutters_small">
              <div className="slds-col slds-size_1-of-3">
                <div className="slds-box slds-theme_default slds-p-around_none">
                  {messages.length === 0 && (
                    <p className="slds-p-around_medium slds-text-color_weak">There are no messages.</p>
                  )}
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
                            {shownMoment(m.at)}
                          </span>
                        </button>
                      </li>
                    ))}
                  </ul>
                </div>
              </div>
              <div className="slds-col slds-size_2-of-3">
                {open && (
                  <Card title={open.subject}>
                    <p className="slds-text-color_weak slds-m-bottom_small">
                      From {open.from}
                      <br />
                      To {open.to}, {shownMoment(open.at)}
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
                  </Card>
                )}
              </div>
            </div>
          </>
        )}
      </Await>
    </Screen>
  );
}
