import { useEffect, useRef } from 'react';
import { useDesk } from '../desk.ts';
import type { Feed } from '../feed.ts';
import { format, type Location } from '../routes.ts';
import { local, pieces, type Show, utc } from '../time.ts';
import type { Sentence } from '../wire.ts';
import type { Tone } from '../words.ts';
import { Icon } from './icons.tsx';

/** A link inside the page: the page stays, the address changes. */
export function Go({
  to,
  current = false,
  children,
  ...rest
}: { to: Location; current?: boolean } & Omit<React.ComponentProps<'a'>, 'href' | 'onClick'>) {
  const { open } = useDesk();
  return (
    <a
      {...rest}
      href={format(to)}
      aria-current={current ? 'page' : undefined}
      onClick={(e) => {
        if (e.metaKey || e.ctrlKey || e.shiftKey || e.altKey || e.button !== 0) return;
        e.preventDefault();
        open(to);
      }}
    >
      {children}
    </a>
  );
}

/** A time in the browser's zone; the pointer over it shows it in UTC. */
export function At({ at, show = 'clock' }: { at: string; show?: Show }) {
  return (
    <time dateTime={at} title={utc(at)}>
      {local(at, show)}
    </time>
  );
}

/** A reason for people, with the times that it names in the browser's zone. */
export function Said({ sentence }: { sentence: Sentence }) {
  return pieces(sentence).map((piece, i) =>
    'at' in piece ? <At key={i} at={piece.at} /> : <span key={i}>{piece.text}</span>,
  );
}

export function Badge({ tone, children }: { tone: Tone; children: React.ReactNode }) {
  return (
    <span className={`pc-badge pc-tone-${tone}`}>
      <Icon name={tone} />
      {children}
    </span>
  );
}

export function Loading({ what }: { what: string }) {
  return (
    <div className="pc-loading" role="status">
      <div className="slds-spinner slds-spinner_medium slds-spinner_inline">
        <div className="slds-spinner__dot-a" />
        <div className="slds-spinner__dot-b" />
      </div>
      <span>Loading {what}…</span>
    </div>
  );
}

/** Something that a person should know before all else. */
export function Notice({ tone, title, children }: { tone: Tone; title: string; children?: React.ReactNode }) {
  return (
    <div className={`pc-notice pc-tone-${tone}`} role={tone === 'bad' || tone === 'warn' ? 'alert' : undefined}>
      <Icon name={tone} />
      <div>
        <p className="pc-notice-title">{title}</p>
        {children && <div>{children}</div>}
      </div>
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: React.ReactNode }) {
  return (
    <div className="pc-empty">
      <p className="slds-text-heading_small">{title}</p>
      {children && <div className="slds-m-top_x-small">{children}</div>}
    </div>
  );
}

/** The heading of a page. It takes the focus, so that whoever hears the page knows that it is another one. */
export function Title({ children, side }: { children: string; side?: React.ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${children} – Patchcord`;
  }, [children]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className="pc-title">
      <h1 ref={heading} tabIndex={-1} className="slds-text-heading_medium">
        {children}
      </h1>
      {side}
    </div>
  );
}

/** What is asked for again and again: it, or that it is on the way, or why it is not to be had. What is old says so. */
export function Shown<T>({
  feed,
  what,
  children,
}: {
  feed: Feed<T>;
  what: string;
  children(value: T): React.ReactNode;
}) {
  const { value, refusal } = feed;
  const { whoAgain } = useDesk();
  const lost = refusal?.trouble === 'unsigned' || refusal?.trouble === 'denied';
  useEffect(() => {
    if (lost) whoAgain();
  }, [lost, whoAgain]);
  if (value === undefined && refusal === undefined) return <Loading what={what} />;
  return (
    <>
      {refusal && value !== undefined && (
        <Notice tone="warn" title={refusal.message}>
          What you see is from <At at={new Date(feed.at).toISOString()} />. This page asks again every few seconds.
        </Notice>
      )}
      {refusal && value === undefined && (
        <Notice tone={refusal.trouble === 'missing' ? 'plain' : 'bad'} title={refusal.message}>
          {refusal.trouble === 'away' && 'This page asks again every few seconds, and goes on by itself.'}
        </Notice>
      )}
      {value !== undefined && children(value)}
    </>
  );
}
