/** Tells whoever asked that an item of the utility bar was clicked, and whether its panel is open since. */
export class UtilityClicks {
  private readonly hearers = new Map<string, Set<(panelVisible: boolean) => void>>();

  /** Hears of one item until the answer is called. */
  hear(id: string, clicked: (panelVisible: boolean) => void): () => void {
    const all = this.hearers.get(id) ?? new Set();
    this.hearers.set(id, all.add(clicked));
    return () => all.delete(clicked);
  }

  tell(id: string, panelVisible: boolean): void {
    for (const clicked of [...(this.hearers.get(id) ?? [])]) clicked(panelVisible);
  }
}
