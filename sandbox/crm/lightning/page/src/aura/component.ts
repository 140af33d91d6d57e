import { isRecord } from '../decode.ts';
import type { Definition, Node } from './definition.ts';
import type { ApplicationEvents } from './events.ts';
import { attributeValue, pathOf, type Read } from './expression.ts';
import { attributeOf } from './values.ts';

/** A controller's action, or another function of a component's scripts. */
export type Action = (...values: unknown[]) => unknown;

/** A component's scripts, as their modules made them. */
export interface Scripts {
  controller: Record<string, unknown>;
  helper: Record<string, unknown>;
}

/** What a base component without a picture gives to `component.find`, and what it does while the component is shown. */
export interface Toolkit {
  methods: Record<string, Action>;
  rendered?(): void;
  destroyed?(): void;
}

/** Makes the base component of an element; null: the element has a picture, or is HTML. */
export type MakeToolkit = (node: Node, component: AuraComponent) => Toolkit | null;

/** One component that runs. What its scripts get of it is `facade`. */
export class AuraComponent {
  readonly facade: Record<string, unknown>;
  private readonly attributes = new Map<string, unknown>();
  private readonly own = new Map<Node, Map<string, unknown>>(); // what scripts set of elements in the markup
  private readonly elements = new Map<Node, Element>();
  private readonly toolkits = new Map<Node, Toolkit>();
  private readonly watchers = new Set<() => void>();
  private readonly ends: (() => void)[] = [];
  private phase: 'made' | 'rendered' | 'gone' = 'made';
  version = 0;

  constructor(
    readonly definition: Definition,
    readonly scripts: Scripts,
    given: Record<string, string>,
    events: ApplicationEvents,
    make: MakeToolkit,
    private readonly leave: () => void = () => {},
  ) {
    this.facade = facadeOf(this);
    for (const a of definition.attributes) {
      const text = given[a.name] ?? (a.hasDefault ? a.default : undefined);
      this.attributes.set(
        a.name,
        text === undefined ? (a.type.endsWith('[]') ? [] : undefined) : attributeOf(a.type, text),
      );
    }
    for (const node of nodes(definition.body)) {
      const toolkit = make(node, this);
      if (toolkit) this.toolkits.set(node, toolkit);
    }
    for (const handler of definition.handlers) this.action(pathOf(handler.action)?.[1] ?? handler.action);
    for (const handler of definition.handlers)
      if (handler.event !== '') this.ends.push(events.handle(handler.event, (e) => this.act(handler.action, e)));
    this.live('init');
  }

  get isRendered(): boolean {
    return this.phase === 'rendered';
  }

  get isValid(): boolean {
    return this.phase !== 'gone';
  }

  /** Hears that something that is shown may have changed. */
  watch = (changed: () => void): (() => void) => {
    this.watchers.add(changed);
    return () => this.watchers.delete(changed);
  };

  /** The component's picture stands, for the first time or again. */
  rendered(version: number): void {
    if (this.phase === 'gone' || version !== this.version) return; // a newer picture is on its way
    const first = this.phase === 'made';
    this.phase = 'rendered';
    if (first) for (const toolkit of this.toolkits.values()) toolkit.rendered?.();
    this.live('render');
  }

  destroy(): void {
    if (this.phase === 'gone') return;
    this.live('destroy');
    this.phase = 'gone';
    for (const toolkit of this.toolkits.values()) toolkit.destroyed?.();
    for (const end of this.ends.splice(0)) end();
    this.leave();
  }

  /** Reads what an expression names. */
  read: Read = ([root, ...steps]) => {
    if (root === 'v') return steps.slice(1).reduce<unknown>(member, this.attributes.get(steps[0] ?? ''));
    if (root === 'c') return this.action(steps[0] ?? '');
    return undefined;
  };

  get(path: string): unknown {
    const [root, name = ''] = path.split('.');
    if (root === 'v' && !this.attributes.has(name)) throw this.lacks(`attribute '${name}'`);
    if (root === 'c') throw new Error(`component.get('${path}'): this org runs no Apex, and has no action to give.`);
    return this.read(path.split('.'));
  }

  set(path: string, value: unknown): void {
    const [root, name = '', ...more] = path.split('.');
    if (root !== 'v' || !this.attributes.has(name)) throw this.lacks(`attribute '${path}'`);
    const before = this.attributes.get(name);
    const after = more.length === 0 ? value : written(before, more, value);
    this.attributes.set(name, after);
    if (before === after) return;
    for (const handler of this.definition.handlers)
      if (handler.name === 'change' && pathOf(handler.value)?.[1] === name)
        this.act(handler.action, {
          getParam: (p: string) => ({ value: after, oldValue: before, expression: path })[p],
        });
    this.changed();
  }

  /** What `component.find` gives: one, all of several, or undefined. */
  find(id: string): unknown {
    const found = nodes(this.definition.body)
      .filter((node) => node.attributes['aura:id'] === id)
      .map((node) => this.toolkits.get(node)?.methods ?? this.part(node));
    return found.length > 1 ? found : found[0];
  }

  /** An attribute of an element in the markup: as a script set it, else as it is written. */
  value(node: Node, name: string): unknown {
    const own = this.own.get(node);
    if (own?.has(name)) return own.get(name);
    const text = node.attributes[name];
    return text === undefined ? undefined : attributeValue(text)(this.read);
  }

  /** Runs what `{!c.name}` names. */
  act(expression: string, event: unknown): void {
    const [root, name = ''] = pathOf(expression) ?? [];
    if (root !== 'c') throw new Error(`${expression} is no action of c:${this.definition.name}.`);
    this.run(this.action(name), event);
  }

  /** Runs an action; its trouble is told, and ends nothing else. */
  run(action: unknown, event: unknown): void {
    if (typeof action !== 'function' || this.phase === 'gone') return;
    try {
      Reflect.apply(action, undefined, [this.facade, event, this.scripts.helper]);
    } catch (error) {
      window.reportError(error);
    }
  }

  /** Where an element of the markup is shown. */
  shown(node: Node, element: Element | null): void {
    if (element) this.elements.set(node, element);
    else this.elements.delete(node);
  }

  get shownElements(): Element[] {
    return this.definition.body.flatMap((node) => this.elements.get(node) ?? []);
  }

  private part(node: Node): Record<string, unknown> {
    const attribute = (path: string) => path.replace(/^v\./, '');
    return {
      getElement: () => this.elements.get(node) ?? null,
      getLocalId: () => node.attributes['aura:id'],
      isValid: () => this.isValid,
      get: (path: string) => this.value(node, attribute(path)),
      set: (path: string, value: unknown) => {
        const own = this.own.get(node) ?? new Map<string, unknown>();
        this.own.set(node, own.set(attribute(path), value));
        this.changed();
      },
    };
  }

  private action(name: string): unknown {
    const action = this.scripts.controller[name];
    if (typeof action !== 'function') throw this.lacks(`action '${name}' on its controller`);
    return action;
  }

  private lacks(what: string): Error {
    return new Error(`c:${this.definition.name} has no ${what}.`);
  }

  /** Runs the handlers of the component's own life. */
  private live(name: string): void {
    const event = { getName: () => name, getParam: () => undefined, getSource: () => this.facade };
    for (const handler of this.definition.handlers) if (handler.name === name) this.act(handler.action, event);
  }

  private changed(): void {
    this.version += 1;
    for (const watcher of [...this.watchers]) watcher();
  }
}

/** All elements of markup, in its order. */
export function nodes(body: Node[]): Node[] {
  return body.flatMap((node) => (node.name === '' ? [] : [node, ...nodes(node.children)]));
}

const member = (value: unknown, name: string): unknown =>
  isRecord(value) ? value[name] : Array.isArray(value) ? value[Number(name)] : undefined;

/** A copy of a value with one member written. */
function written(value: unknown, [name = '', ...more]: string[], to: unknown): Record<string, unknown> {
  const whole = isRecord(value) ? value : {};
  return { ...whole, [name]: more.length === 0 ? to : written(whole[name], more, to) };
}

let made = 0;

function facadeOf(component: AuraComponent): Record<string, unknown> {
  made += 1;
  const id = `${made}:0`;
  return Object.freeze({
    get: (path: string) => component.get(String(path)),
    set: (path: string, value: unknown) => component.set(String(path), value),
    find: (id: string) => component.find(id),
    isValid: () => component.isValid,
    isRendered: () => component.isRendered,
    getName: () => `c$${component.definition.name}`,
    getType: () => `c:${component.definition.name}`,
    getGlobalId: () => id,
    getElement: () => component.shownElements[0] ?? null,
    getElements: () => component.shownElements,
  });
}
