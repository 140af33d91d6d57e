/** What `amazon-connect-streams` asks of the page that it loads before the panel. Source: its module storageAccess. */
export interface Ask {
  /** Path of the page to go to with access. */
  landat: string;
  /** Texts of an embedding page that shows its own; empty for the usual ones. */
  texts: Texts;
}

export interface Texts {
  title: string;
  accessBannerDescription: string;
  denyBannerDescription: string;
  accessBannerButtonText: string;
  denyBannerButtonText: string;
}

/** What this page tells it, as `storageAccess::…`. */
export type Said = 'init' | 'granted' | 'denied';

const longest = 300; // characters of a text from outside

/** The question in a message; null for any other message. */
export function readAsk(message: unknown): Ask | null {
  if (!isObject(message) || message.event !== 'storageAccess::request') return null;
  const data = isObject(message.data) ? message.data : {};
  const custom = data.mode === 'custom' && isObject(data.custom) ? data.custom : {};
  return {
    landat: text(data.landat),
    texts: {
      title: text(custom.title) || text(custom.header),
      accessBannerDescription: text(custom.accessBannerDescription),
      denyBannerDescription: text(custom.denyBannerDescription),
      accessBannerButtonText: text(custom.accessBannerButtonText),
      denyBannerButtonText: text(custom.denyBannerButtonText),
    },
  };
}

/** Where to go with access: a page of this origin, whatever was asked for. */
export function landing(landat: string, origin: string): string {
  try {
    const to = new URL(landat, origin);
    return to.origin === origin && to.pathname !== '/' ? to.href : `${origin}/ccp-v2/`;
  } catch {
    return `${origin}/ccp-v2/`;
  }
}

const text = (v: unknown): string => (typeof v === 'string' ? v.slice(0, longest) : '');

const isObject = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null;
