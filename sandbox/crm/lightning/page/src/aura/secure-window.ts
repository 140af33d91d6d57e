/**
 * What a component's scripts have for `window` and `document`, as the platform's Locker wraps them: messages, timers and the page's own
 * element, not the console's frames and document. What they write to it stays theirs. `end` takes away every listener.
 */
export interface Secured {
  window: Record<string, unknown>;
  document: Record<string, unknown>;
  end(): void;
}

interface Listening {
  target: EventTarget;
  type: string;
  listener: EventListener;
  options: AddEventListenerOptions | boolean | undefined;
}

const plain = [
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'requestAnimationFrame',
  'cancelAnimationFrame',
  'queueMicrotask',
  'structuredClone',
  'postMessage',
  'atob',
  'btoa',
  'fetch',
  'reportError',
] as const;

export function secured(own: Window & typeof globalThis): Secured {
  let listening: Listening[] = [];
  const listeners = (target: EventTarget) => ({
    addEventListener(type: string, listener: EventListener, options?: AddEventListenerOptions | boolean) {
      target.addEventListener(type, listener, options);
      listening.push({ target, type, listener, options });
    },
    removeEventListener(type: string, listener: EventListener, options?: EventListenerOptions | boolean) {
      target.removeEventListener(type, listener, options);
      listening = listening.filter((l) => l.target !== target || l.type !== type || l.listener !== listener);
    },
  });
  const document = {
    ...listeners(own.document),
    createElement: (name: string) => own.document.createElement(name),
    createTextNode: (text: string) => own.document.createTextNode(text),
    get visibilityState() {
      return own.document.visibilityState;
    },
    get hidden() {
      return own.document.hidden;
    },
  };
  const window: Record<string, unknown> = {
    ...listeners(own),
    document,
    console: own.console,
    navigator: own.navigator,
    localStorage: own.localStorage,
    sessionStorage: own.sessionStorage,
    crypto: own.crypto,
    performance: own.performance,
    location: Object.freeze({ href: own.location.href, origin: own.location.origin, host: own.location.host }),
    innerWidth: own.innerWidth,
    innerHeight: own.innerHeight,
  };
  for (const name of plain) window[name] = own[name]?.bind(own);
  for (const name of ['window', 'self', 'globalThis', 'top', 'parent', 'frames']) window[name] = window;
  return {
    window,
    document,
    end() {
      for (const { target, type, listener, options } of listening) target.removeEventListener(type, listener, options);
      listening = [];
    },
  };
}
