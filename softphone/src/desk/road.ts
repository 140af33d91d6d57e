import { isFields, text } from '../wire/read.ts';

/**
 * A question for the package's component in the console, AC_Desk: it passes on what the platform's toolkits for Aura components can do,
 * and they are for Aura components alone. `call` is `omni.METHOD`, `workspace.METHOD`, `utilityBar.METHOD` or `hello`.
 */
export interface Ask {
  to: 'desk';
  /** Names this page load. */
  from: string;
  id: string;
  call: string;
  args?: Record<string, unknown>;
}

/** What the component says: to this page alone, or to all. */
export type Heard =
  | { is: 'answer'; id: string; value: unknown }
  | { is: 'refusal'; id: string; why: string }
  | { is: 'event'; name: string; detail: Record<string, unknown> };

/** One way between page and component. What goes over it is plain JSON, the same on each. */
export interface Road {
  /** For logs. */
  readonly name: string;
  /** Rejects if this page has no such way, or the platform does not take the message. */
  send(ask: Ask): Promise<void>;
  /** Hears whatever comes, from whomever; returns how to stop. */
  listen(hear: (message: unknown) => void): () => void;
}

/** Reads what came; null for what is not for this page, its own questions among it. */
export function heardOf(m: unknown, page: string): Heard | null {
  if (!isFields(m)) return null;
  if (m.to === 'pages' && typeof m.event === 'string')
    return { is: 'event', name: m.event, detail: isFields(m.detail) ? m.detail : {} };
  if (m.to !== page || typeof m.id !== 'string') return null;
  if (m.ok === true) return { is: 'answer', id: m.id, value: m.value ?? null };
  return m.ok === false ? { is: 'refusal', id: m.id, why: text(m.error) } : null;
}
