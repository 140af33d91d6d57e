import type { Decoder, Shape, Shaped } from '@patchcord/ui/decode.ts';
import * as strict from '@patchcord/ui/decode.ts';

export { type Decoded, type Decoder, isRecord } from '@patchcord/ui/decode.ts';

/** The service leaves out what has no value: that is empty here. */
const or =
  <T>(item: Decoder<T>, empty: T): Decoder<T> =>
  (input, at) =>
    input === undefined || input === null ? empty : item(input, at);

export const text = or(strict.text, '');
export const number = or(strict.number, 0);
export const flag = or(strict.flag, false);
export const list = <T>(item: Decoder<T>): Decoder<T[]> => or(strict.list(item), []);

/** An object with these members; one that is not there is empty. */
export const object = <S extends Shape>(shape: S): Decoder<Shaped<S>> => {
  const item = strict.object(shape);
  return (input, at) => item(input ?? {}, at);
};

/** Anything: for answers that nobody reads. */
export const anything: Decoder<null> = () => null;
