/** Milliseconds between two questions; two that nobody answers are enough. */
export const askEvery = 700;

/**
 * Finds out whether a call that is not heard in this page is heard in another of this browser's. A page that is loaded again or closed
 * takes the sound along, and the contact centre gives none back.
 */
export class SoundWatch {
  private contact = '';
  private unanswered = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly ask: (contactId: string) => void,
    private readonly changed: () => void,
  ) {}

  /** The contact whose sound nobody has; empty if there is none. */
  get lost(): string {
    return this.unanswered >= 2 ? this.contact : '';
  }

  /** From now on a contact that should be heard, and is not heard here; empty for none. */
  watch(contactId: string): void {
    if (contactId === this.contact) return;
    clearInterval(this.timer);
    this.contact = contactId;
    this.unanswered = 0;
    if (contactId === '') return;
    this.ask(contactId);
    this.timer = setInterval(() => this.pass(), askEvery);
  }

  /** Another page has the sound of a contact. */
  heard(contactId: string): void {
    if (contactId !== this.contact) return;
    const wasLost = this.lost !== '';
    this.unanswered = 0;
    if (wasLost) this.changed();
  }

  private pass(): void {
    this.unanswered++;
    this.ask(this.contact);
    if (this.unanswered === 2) this.changed();
  }
}
