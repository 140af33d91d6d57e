/** What carries words between the panels of one browser. */
export interface Line {
  postMessage(word: unknown): void;
  addEventListener(type: 'message', hear: (e: { data: unknown }) => void): void;
}

/** A browser may deny it to a framed page: then this panel knows of no other. */
export function openLine(): Line | undefined {
  try {
    return new BroadcastChannel('contact-control-panels');
  } catch {
    return undefined;
  }
}

/** The panels of one browser ask each other what they have, such as the sound of a call, and tell it. */
export class Tabs {
  constructor(
    private readonly line: Line | undefined,
    private readonly has: (what: string) => boolean,
    private readonly heard: (what: string) => void,
  ) {
    line?.addEventListener('message', (e) => this.hear(e.data));
  }

  ask(what: string): void {
    this.line?.postMessage({ ask: what });
  }

  /** Says that this panel has something, unasked. */
  tell(what: string): void {
    this.line?.postMessage({ have: what });
  }

  private hear(word: unknown): void {
    if (typeof word !== 'object' || word === null) return;
    if ('ask' in word && typeof word.ask === 'string' && this.has(word.ask)) this.tell(word.ask);
    if ('have' in word && typeof word.have === 'string') this.heard(word.have);
  }
}
