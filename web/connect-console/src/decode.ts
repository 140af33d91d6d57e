/** A decoder turns what came from outside into a value whose type we know, or throws and says where it went wrong. */
export type Decoder<T> = (input: unknown, at?: string) => T;
export type Decoded<D> = D extends Decoder<infer T> ? T : never;

const fail = (at: string, want: string): never => {
  throw new TypeError(`${at} is not ${want}`);
};

export const isFields = (input: unknown): input is Record<string, unknown> =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

export const text: Decoder<string> = (input, at = 'value') =>
  input === undefined || input === null ? '' : typeof input === 'string' ? input : fail(at, 'text');
export const number: Decoder<number> = (input, at = 'value') =>
  input === undefined || input === null ? 0 : typeof input === 'number' ? input : fail(at, 'a number');
export const flag: Decoder<boolean> = (input, at = 'value') =>
  input === undefined || input === null ? false : typeof input === 'boolean' ? input : fail(at, 'true or false');

export const list =
  <T>(item: Decoder<T>): Decoder<T[]> =>
  (input, at = 'value') =>
    input === undefined || input === null
      ? []
      : Array.isArray(input)
        ? input.map((x, i) => item(x, `${at}[${i}]`))
        : fail(at, 'a list');

type Shape = Record<string, Decoder<unknown>>;
type Shaped<S extends Shape> = { [K in keyof S]: Decoded<S[K]> };

/** An object with these members; one that is not there is empty, as the service leaves out what has no value. */
export const object =
  <S extends Shape>(shape: S): Decoder<Shaped<S>> =>
  (input, at = 'value') => {
    const members = input === undefined || input === null ? {} : isFields(input) ? input : fail(at, 'an object');
    const entries = Object.entries(shape).map(([key, item]) => [key, item(members[key], `${at}.${key}`)]);
    return Object.fromEntries(entries) as Shaped<S>;
  };

/** Anything: for answers that nobody reads. */
export const anything: Decoder<null> = () => null;
