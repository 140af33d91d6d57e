/** The storage that tabs share. A browser may deny it to a page inside another: then it lasts as long as the page. */
export function storageOf(page: Pick<Window, 'localStorage'>): Storage {
  try {
    const storage = page.localStorage;
    storage.getItem('patchcord');
    return storage;
  } catch {
    return new PageStorage();
  }
}

class PageStorage implements Storage {
  private readonly items = new Map<string, string>();

  get length(): number {
    return this.items.size;
  }
  key(i: number): string | null {
    return [...this.items.keys()][i] ?? null;
  }
  getItem(name: string): string | null {
    return this.items.get(name) ?? null;
  }
  setItem(name: string, value: string): void {
    this.items.set(name, value);
  }
  removeItem(name: string): void {
    this.items.delete(name);
  }
  clear(): void {
    this.items.clear();
  }
}
