/** A decoder turns what came from outside into a value whose type we know, or throws and says where it went wrong. */
export type Decoder<T> = (input: unknown, at?: string) => T;
export type Decoded<D> = D extends Decoder<infer T> ? T : never;

const fail = (at: string, want: string): never => {
  throw new TypeError(`${at} is not ${want}`);
};

export const isRecord = (input: unknown): input is Record<string, unknown> =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

export const text: Decoder<string> = (input, at = 'answer') => (typeof input === 'string' ? input : fail(at, 'text'));
export const number: Decoder<number> = (input, at = 'answer') =>
  typeof input === 'number' ? input : fail(at, 'a number');
export const flag: Decoder<boolean> = (input, at = 'answer') =>
  typeof input === 'boolean' ? input : fail(at, 'true or false');
export const anything: Decoder<unknown> = (input) => input;

/** What may be left out: that is the empty value then. */
export const or =
  <T, E>(item: Decoder<T>, empty: E): Decoder<T | E> =>
  (input, at) =>
    input === undefined || input === null ? empty : item(input, at);

export const list =
  <T>(item: Decoder<T>): Decoder<T[]> =>
  (input, at = 'answer') =>
    input === null || input === undefined
      ? []
      : Array.isArray(input)
        ? input.map((x, i) => item(x, `${at}[${i}]`))
        : fail(at, 'a list');

/** Texts by name, in the order of their names. */
export const texts: Decoder<Record<string, string>> = (input, at = 'answer') =>
  isRecord(input)
    ? Object.fromEntries(Object.entries(input).map(([key, value]) => [key, text(value, `${at}.${key}`)]))
    : fail(at, 'an object');

type Shape = Record<string, Decoder<unknown>>;

/** An object with these members; others are ignored. */
export const object =
  <S extends Shape>(shape: S): Decoder<{ [K in keyof S]: Decoded<S[K]> }> =>
  (input, at = 'answer') => {
    if (!isRecord(input)) return fail(at, 'an object');
    const entries = Object.entries(shape).map(([key, item]) => [key, item(input[key], `${at}.${key}`)]);
    return Object.fromEntries(entries) as { [K in keyof S]: Decoded<S[K]> };
  };
