import { type Decoder, fail, isRecord } from '@patchcord/ui/decode.ts';

export { type Decoded, type Decoder, flag, isRecord, list, number, object, text } from '@patchcord/ui/decode.ts';

/** One plain field value of a record. */
export type Scalar = string | number | boolean | null;
export const scalar: Decoder<Scalar> = (input, at = 'value') =>
  input === null || typeof input === 'string' || typeof input === 'number' || typeof input === 'boolean'
    ? input
    : fail(at, 'a plain value');

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
