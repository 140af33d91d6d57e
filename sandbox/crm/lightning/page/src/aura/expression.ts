/**
 * Aura's expressions, `{!v.connected ? 'on' : 'off'}`, as a function of what they read. What is empty counts as no text where text is put
 * together. Source: Lightning Aura components developer guide, expression operators and functions.
 */
export type Read = (path: string[]) => unknown;
export type Expression = (read: Read) => unknown;

/** An attribute's value: `{!…}` is an expression, everything else is the text itself. */
export function attributeValue(text: string): Expression {
  const inner = /^\s*\{[!#](.*)\}\s*$/s.exec(text)?.[1];
  return inner === undefined ? () => text : compile(inner);
}

/** Text with expressions in it. */
export function textValue(text: string): (read: Read) => string {
  const parts = text.split(/(\{[!#](?:'[^']*'|"[^"]*"|[^}])*\})/s).map((part) => attributeValue(part));
  return (read) => parts.map((part) => shown(part(read))).join('');
}

/** The path of an expression that is nothing but one, such as the action of `{!c.run}`; null for others. */
export function pathOf(text: string): string[] | null {
  const path = /^\s*\{[!#]\s*([\w$.]+)\s*\}\s*$/.exec(text)?.[1];
  return path === undefined ? null : path.split('.');
}

const shown = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

interface Token {
  kind: 'value' | 'path' | 'mark';
  text: string;
}

const token =
  /\s*(?:('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\d+(?:\.\d+)?)|([A-Za-z_$][\w$]*(?:\.[\w$]+)*)|(===?|!==?|<=|>=|&&|\|\||[-+*/%<>!?:(),]))/y;

function tokens(source: string): Token[] {
  const all: Token[] = [];
  token.lastIndex = 0;
  while (source.slice(token.lastIndex).trim() !== '') {
    const at = token.lastIndex;
    const found = token.exec(source);
    if (!found) throw new Error(`Invalid expression {!${source}}: unexpected ${source.slice(at).trim()[0]}`);
    const [, value, path, mark] = found;
    if (value !== undefined) all.push({ kind: 'value', text: value });
    else if (path !== undefined) all.push({ kind: 'path', text: path });
    else all.push({ kind: 'mark', text: mark ?? '' });
  }
  return all;
}

type Two = (a: unknown, b: unknown) => unknown;

const add: Two = (a, b) => (typeof a === 'number' && typeof b === 'number' ? a + b : shown(a) + shown(b));
const less: Two = (a, b) => (typeof a === 'number' && typeof b === 'number' ? a < b : shown(a) < shown(b));
const equal: Two = (a, b) => a === b || ((a ?? null) === null && (b ?? null) === null);

/** Operators by how tightly they bind, and what they do with two values; && and || look at the second only if need be. */
const operators: Record<string, [number, Two]> = {
  '||': [1, (a) => a],
  '&&': [2, (a) => a],
  '==': [3, equal],
  '===': [3, equal],
  '!=': [3, (a, b) => !equal(a, b)],
  '!==': [3, (a, b) => !equal(a, b)],
  '<': [4, less],
  '>': [4, (a, b) => less(b, a)],
  '<=': [4, (a, b) => !less(b, a)],
  '>=': [4, (a, b) => !less(a, b)],
  '+': [5, add],
  '-': [5, (a, b) => Number(a) - Number(b)],
  '*': [6, (a, b) => Number(a) * Number(b)],
  '/': [6, (a, b) => Number(a) / Number(b)],
  '%': [6, (a, b) => Number(a) % Number(b)],
};

const functions: Record<string, (...values: unknown[]) => unknown> = {
  and: (...values) => values.every(Boolean),
  or: (...values) => values.some(Boolean),
  not: (value) => !value,
  if: (condition, yes, no) => (condition ? yes : no),
  equals: equal,
  notequals: (a, b) => !equal(a, b),
  add,
  concat: (a, b) => shown(a) + shown(b),
  empty: (value) => shown(value) === '' || (Array.isArray(value) && value.length === 0),
};
const aliases: Record<string, string> = { eq: 'equals', ne: 'notequals' };

export function compile(source: string): Expression {
  const parser = new Parser(source, tokens(source));
  return parser.whole();
}

class Parser {
  private at = 0;

  constructor(
    private readonly source: string,
    private readonly tokens: Token[],
  ) {}

  whole(): Expression {
    const expression = this.choice();
    if (this.at < this.tokens.length) throw this.unexpected();
    return expression;
  }

  private unexpected(): Error {
    return new Error(`Invalid expression {!${this.source}}: unexpected ${this.tokens[this.at]?.text ?? 'end'}`);
  }

  private take(mark: string): boolean {
    const next = this.tokens[this.at];
    if (next?.kind !== 'mark' || next.text !== mark) return false;
    this.at += 1;
    return true;
  }

  private expect(mark: string): void {
    if (!this.take(mark)) throw this.unexpected();
  }

  private choice(): Expression {
    const condition = this.binary(1);
    if (!this.take('?')) return condition;
    const yes = this.choice();
    this.expect(':');
    const no = this.choice();
    return (read) => (condition(read) ? yes(read) : no(read));
  }

  private binary(least: number): Expression {
    let left = this.unary();
    for (;;) {
      const next = this.tokens[this.at];
      const [binds, apply] = (next?.kind === 'mark' && operators[next.text]) || [0, add];
      if (!next || binds < least) return left;
      this.at += 1;
      left = both(next.text, apply, left, this.binary(binds + 1));
    }
  }

  private unary(): Expression {
    if (this.take('!')) {
      const value = this.unary();
      return (read) => !value(read);
    }
    if (this.take('-')) {
      const value = this.unary();
      return (read) => -Number(value(read));
    }
    if (this.take('(')) {
      const inner = this.choice();
      this.expect(')');
      return inner;
    }
    return this.operand();
  }

  private operand(): Expression {
    const next = this.tokens[this.at];
    if (!next || next.kind === 'mark') throw this.unexpected();
    this.at += 1;
    if (next.kind === 'value') return literal(next.text);
    if (this.take('(')) return this.called(next.text);
    if (next.text in words) return () => words[next.text];
    const path = next.text.split('.');
    return (read) => read(path);
  }

  private called(name: string): Expression {
    const apply = functions[aliases[name] ?? name];
    if (!apply) throw new Error(`Invalid expression {!${this.source}}: there is no function ${name}`);
    const values: Expression[] = [];
    while (!this.take(')')) {
      if (values.length > 0) this.expect(',');
      values.push(this.choice());
    }
    return (read) => apply(...values.map((value) => value(read)));
  }
}

const words: Record<string, unknown> = { true: true, false: false, null: null, undefined };

const literal = (text: string): Expression => {
  const value = /^\d/.test(text) ? Number(text) : text.slice(1, -1).replaceAll(/\\(.)/g, '$1');
  return () => value;
};

const both = (mark: string, apply: Two, left: Expression, right: Expression): Expression => {
  if (mark === '&&') return (read) => left(read) && right(read);
  if (mark === '||') return (read) => left(read) || right(read);
  return (read) => apply(left(read), right(read));
};
