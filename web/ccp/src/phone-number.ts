/** A number to call, or what to tell the agent about what was typed. */
export type Dialled = { e164: string } | { problem: string };

const longest = 15; // digits, E.164
const shortest = 7;

/** Reads what a person types. Without a plus or an international prefix it is a number of the United States. */
export function readNumber(typed: string): Dialled {
  const text = typed.trim();
  if (text === '') return { problem: 'Enter a phone number.' };
  if (!/^\+?[\d\s().\-/]+$/.test(text)) return { problem: 'A phone number has digits only.' };
  const digits = text.replace(/\D/g, '');
  if (text.startsWith('+')) return international(digits);
  if (digits.startsWith('011')) return international(digits.slice(3));
  const national = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
  if (!/^[2-9]\d{9}$/.test(national)) {
    return { problem: 'A number in the United States has ten digits. For other countries begin with +.' };
  }
  return { e164: `+1${national}` };
}

function international(digits: string): Dialled {
  if (digits.length > longest || digits.length < shortest || digits.startsWith('0')) {
    return { problem: 'That number is not complete. After + comes the country code.' };
  }
  return { e164: `+${digits}` };
}

/** A number as people read it. */
export function showNumber(number: string): string {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number) ?? [];
  return area === undefined ? number : `+1 ${area}-${exchange}-${line}`;
}
