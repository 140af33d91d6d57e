/** One screen's place in the tree of Setup. */
export interface Place {
  node: string;
  label: string;
  path: string[]; // headings above it: the part, then branches
  words?: string; // further words that Quick Find knows it by
  needs?: string; // the system permission without which the server refuses it; View Setup is enough for the others
}

export interface Branch {
  kind: 'branch';
  label: string;
  key: string;
  items: Entry[];
}

export interface Leaf {
  kind: 'leaf';
  label: string;
  key: string;
  node: string;
}

export type Entry = Branch | Leaf;

const has = (text: string, query: string): boolean => text.toLowerCase().includes(query);

/** Whether a person's permissions open a screen. */
export const isOpenTo = (place: Place, may: (permission: string) => boolean): boolean =>
  place.needs === undefined || may(place.needs);

/** The screens whose label, branch or words hold what was typed; all of them for nothing. */
export function matching(places: readonly Place[], typed: string): Place[] {
  const query = typed.trim().toLowerCase();
  return places.filter(
    (p) =>
      query === '' || has(p.label, query) || has(p.words ?? '', query) || p.path.slice(1).some((b) => has(b, query)),
  );
}

/** Puts screens below their headings, branches and leaves of a heading by name. */
export function tree(places: readonly Place[]): Branch[] {
  const top: Branch[] = [];
  for (const place of places) {
    let level: Entry[] = top;
    let key = '';
    for (const label of place.path) {
      key += `/${label}`;
      let branch = level.find((e): e is Branch => e.kind === 'branch' && e.label === label);
      if (!branch) {
        branch = { kind: 'branch', label, key, items: [] };
        level.push(branch);
      }
      level = branch.items;
    }
    level.push({ kind: 'leaf', label: place.label, key: `${key}/${place.label}`, node: place.node });
  }
  for (const branch of top) sort(branch);
  return top;
}

function sort(branch: Branch): void {
  branch.items.sort((a, b) => a.label.localeCompare(b.label, 'en'));
  for (const item of branch.items) if (item.kind === 'branch') sort(item);
}

/** Keys of the branches that lead to a node. */
export function above(branches: readonly Branch[], node: string): string[] {
  const find = (entries: readonly Entry[]): string[] | null => {
    for (const entry of entries) {
      if (entry.kind === 'leaf') {
        if (entry.node === node) return [];
        continue;
      }
      const below = find(entry.items);
      if (below) return [entry.key, ...below];
    }
    return null;
  };
  return find(branches) ?? [];
}

/** A label cut at what was typed, so that it can be marked. */
export function marked(label: string, typed: string): [string, string, string] {
  const query = typed.trim();
  const at = query === '' ? -1 : label.toLowerCase().indexOf(query.toLowerCase());
  if (at < 0) return [label, '', ''];
  return [label.slice(0, at), label.slice(at, at + query.length), label.slice(at + query.length)];
}
