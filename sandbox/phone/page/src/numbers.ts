/** A number as people read it; numbers of North America in their own form. */
export function readable(number: string): string {
  const parts = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  if (parts) return `(${parts[1]}) ${parts[2]}-${parts[3]}`;
  return number === '' ? 'Withheld number' : number;
}

/**
 * What a person typed as a number to dial; undefined if a telephone could not dial it. Ten digits are North American. Whether there is such
 * a number only the network knows.
 */
export function dialable(text: string): string | undefined {
  const digits = text.replace(/[\s().-]/g, '');
  if (/^1?\d{10}$/.test(digits)) return `+1${digits.slice(-10)}`;
  return /^\+?\d{1,15}$/.test(digits) ? digits : undefined;
}

/** A number that a handset can have: one that others can dial from anywhere. */
export function ownable(text: string): string | undefined {
  const number = dialable(text);
  return number !== undefined && /^\+\d{7,15}$/.test(number) ? number : undefined;
}

/** Minutes and seconds, hours when there are any. */
export function duration(milliseconds: number): string {
  const all = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(all / 3600);
  return `${hours > 0 ? `${hours}:` : ''}${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`;
}
