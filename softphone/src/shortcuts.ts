/** What can be done by keys. */
export const acts = ['accept', 'end'] as const;
export type Act = (typeof acts)[number];

/** By act, the keys as people read them, such as "Alt+Shift+Enter"; empty for none. */
export type Keys = Readonly<Record<Act, string>>;

/** Keys that no browser and no screen reader has taken, and that are the same on every keyboard. */
export const delivered: Keys = { accept: 'Alt+Shift+Enter', end: 'Alt+Shift+Backspace' };

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>;

const modifiers = new Set(['Control', 'Alt', 'AltGraph', 'Shift', 'Meta']);

/**
 * The keys that are pressed, as people read them; empty while there are only modifiers. A letter is the one that the keyboard says, unless
 * a modifier makes another sign of it, as Option does: then it is the one that stands there on most keyboards.
 */
export function nameOf(e: Pressed): string {
  if (modifiers.has(e.key)) return '';
  const isPlain = /^[a-z0-9]$/i.test(e.key) || e.key.length > 1;
  const key = isPlain ? e.key : e.code.replace(/^(Key|Digit|Numpad)/, '') || e.key;
  const held = [e.ctrlKey && 'Ctrl', e.altKey && 'Alt', e.shiftKey && 'Shift', e.metaKey && '⌘'].filter(Boolean);
  return [...held, key.length === 1 ? key.toUpperCase() : key].join('+');
}

/** Single letters and the keys of forms would act while somebody types or moves about: they need Ctrl, Alt or ⌘. Source: WCAG 2.1.4. */
export const isFit = (keys: string): boolean => /^(Ctrl|Alt|⌘)\+/.test(keys) || /^(Shift\+)?F\d{1,2}$/.test(keys);

/** What pressed keys are to do; null for nothing, and while somebody types. */
export function actOf(keys: Keys, e: Pressed & Pick<KeyboardEvent, 'repeat' | 'isComposing' | 'target'>): Act | null {
  if (e.repeat || e.isComposing || isTyping(e.target)) return null;
  const pressed = nameOf(e);
  return pressed === '' ? null : (acts.find((a) => keys[a] === pressed) ?? null);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest('input, textarea, select, [contenteditable]:not([contenteditable="false"])') !== null;
}

/** The agent's own keys, in this browser. */
export class KeyStore {
  private readonly name: string;

  constructor(
    private readonly storage: Pick<Storage, 'getItem' | 'setItem'>,
    user: string,
  ) {
    this.name = `patchcord:${user}:keys`;
  }

  read(): Keys {
    try {
      const kept: unknown = JSON.parse(this.storage.getItem(this.name) ?? '{}');
      const own = (act: Act): string => {
        const keys: unknown = typeof kept === 'object' && kept !== null ? Reflect.get(kept, act) : undefined;
        return keys === '' || (typeof keys === 'string' && isFit(keys)) ? keys : delivered[act];
      };
      return { accept: own('accept'), end: own('end') };
    } catch {
      return delivered;
    }
  }

  change(keys: Keys): void {
    try {
      this.storage.setItem(this.name, JSON.stringify(keys));
    } catch {
      // denied, or full: they hold until the page is loaded again
    }
  }
}
