/** A decoder turns what came from outside into a value whose type we know, or throws and says where it went wrong. */
export type Decoder<T> = (input: unknown, at?: string) => T;
export type Decoded<D> = D extends Decoder<infer T> ? T : never;

const fail = (at: string, want: string): never => {
  throw new TypeError(`${at} is not ${want}`);
};

export const isRecord = (input: unknown): input is Record<string, unknown> =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

export const text: Decoder<string> = (input, at = 'value') => (typeof input === 'string' ? input : fail(at, 'text'));
export const number: Decoder<number> = (input, at = 'value') =>
  typeof input === 'number' ? input : fail(at, 'a number');
export const flag: Decoder<boolean> = (input, at = 'value') =>
  typeof input === 'boolean' ? input : fail(at, 'true or false');

/** One plain field value of a record. */
export type Scalar = string | number | boolean | null;
export const scalar: Decoder<Scalar> = (input, at = 'value') =>
  input === null || typeof input === 'string' || typeof input === 'number' || typeof input === 'boolean'
    ? input
    : fail(at, 'a plain value');

export const list =
  <T>(item: Decoder<T>): Decoder<T[]> =>
  (input, at = 'value') =>
    input === null ? [] : Array.isArray(input) ? input.map((x, i) => item(x, `${at}[${i}]`)) : fail(at, 'a list');

export const dictionary =
  <T>(item: Decoder<T>): Decoder<Record<string, T>> =>
  (input, at = 'value') => {
    if (input === null) return {};
    if (!isRecord(input)) return fail(at, 'an object');
    return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, item(value, `${at}.${key}`)]));
  };

export const nullable =
  <T>(item: Decoder<T>): Decoder<T | null> =>
  (input, at = 'value') =>
    input === null || input === undefined ? null : item(input, at);

type Shape = Record<string, Decoder<unknown>>;
type Shaped<S extends Shape> = { [K in keyof S]: Decoded<S[K]> };

/** An object with these members; others are ignored. */
export const object =
  <S extends Shape>(shape: S): Decoder<Shaped<S>> =>
  (input, at = 'value') => {
    if (!isRecord(input)) return fail(at, 'an object');
    const entries = Object.entries(shape).map(([key, item]) => [key, item(input[key], `${at}.${key}`)]);
    return Object.fromEntries(entries) as Shaped<S>;
  };
