/** How near a person is to this page, as the adapter wants to know it. */
export interface Standing {
  visible: boolean;
  /** Milliseconds. */
  touchedAgo: number;
}

/** No two are told closer together, milliseconds: a call may ring as soon as somebody has turned to another tab. */
const every = 250;

/** Notes the signs of a person in this page, and tells the adapter of them: at once, then a few times a second. */
export class Front {
  private touchedAt: number;
  private toldAt = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly mono: () => number,
    private visible: boolean,
    private readonly tell: (s: Standing) => void,
  ) {
    this.touchedAt = mono(); // whoever opened the page is near it
  }

  now(): Standing {
    return { visible: this.visible, touchedAgo: Math.max(0, Math.round(this.mono() - this.touchedAt)) };
  }

  /** A pointer, a key, the focus, or a step in the console around the page. */
  touched(): void {
    this.touchedAt = this.mono();
    this.due();
  }

  shown(visible: boolean): void {
    if (visible === this.visible) return;
    this.visible = visible;
    if (visible) this.touchedAt = this.mono();
    this.due();
  }

  private due(): void {
    if (this.timer !== undefined) return;
    const wait = this.toldAt + every - this.mono();
    if (wait <= 0) this.say();
    else this.timer = setTimeout(() => this.say(), wait);
  }

  private say(): void {
    this.timer = undefined;
    this.toldAt = this.mono();
    this.tell(this.now());
  }
}
