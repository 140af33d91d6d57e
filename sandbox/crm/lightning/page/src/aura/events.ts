/** What a handler of an application event gets. */
export class AuraEvent {
  constructor(
    private readonly name: string,
    private readonly params: Record<string, unknown>,
  ) {}

  getName = (): string => this.name.slice(this.name.indexOf(':') + 1);
  getType = (): string => this.name;
  getEventType = (): string => 'APPLICATION';
  getParam = (name: string): unknown => this.params[name];
  getParams = (): Record<string, unknown> => ({ ...this.params });
}

/** The application events of one console, `lightning:tabFocused` and the like: whoever handles one hears it from everywhere. */
export class ApplicationEvents {
  private readonly handlers = new Map<string, Set<(e: AuraEvent) => void>>();

  /** Handles until the answer is called. */
  handle(name: string, handler: (e: AuraEvent) => void): () => void {
    const all = this.handlers.get(name) ?? new Set();
    this.handlers.set(name, all.add(handler));
    return () => all.delete(handler);
  }

  fire(name: string, params: Record<string, unknown>): void {
    for (const handler of [...(this.handlers.get(name) ?? [])]) handler(new AuraEvent(name, params));
  }
}
