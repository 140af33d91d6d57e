/** A decoder turns what came from outside into a value whose type we know, or throws and says where it went wrong. */
export type Decoder<T> = (input: unknown, at?: string) => T;
export type Decoded<D> = D extends Decoder<infer T> ? T : never;

/** Says where what came is not what was wanted. */
export const fail = (at: string, want: string): never => {
  throw new TypeError(`${at} is not ${want}`);
};

export const isRecord = (input: unknown): input is Record<string, unknown> =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

export const text: Decoder<string> = (input, at = 'value') => (typeof input === 'string' ? input : fail(at, 'text'));
export const number: Decoder<number> = (input, at = 'value') =>
  typeof input === 'number' ? input : fail(at, 'a number');
export const flag: Decoder<boolean> = (input, at = 'value') =>
  typeof input === 'boolean' ? input : fail(at, 'true or false');

export const list =
  <T>(item: Decoder<T>): Decoder<T[]> =>
  (input, at = 'value') =>
    input === null ? [] : Array.isArray(input) ? input.map((x, i) => item(x, `${at}[${i}]`)) : fail(at, 'a list');

export type Shape = Record<string, Decoder<unknown>>;
export type Shaped<S extends Shape> = { [K in keyof S]: Decoded<S[K]> };

/** An object with these members; others are ignored. */
export const object =
  <S extends Shape>(shape: S): Decoder<Shaped<S>> =>
  (input, at = 'value') => {
    if (!isRecord(input)) return fail(at, 'an object');
    const entries = Object.entries(shape).map(([key, item]) => [key, item(input[key], `${at}.${key}`)]);
    return Object.fromEntries(entries) as Shaped<S>;
  };
