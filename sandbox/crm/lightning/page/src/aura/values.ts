import { isRecord } from '../decode.ts';

/** What an attribute has that is set in markup or in App Builder: text that says a value of the attribute's type. */
export function attributeOf(type: string, text: string): unknown {
  const kind = type.toLowerCase();
  if (kind === 'boolean') return text === 'true';
  if (['integer', 'long', 'decimal', 'double'].includes(kind)) return text === '' ? null : Number(text);
  if (kind.endsWith('[]') || /^(list|set)\b/.test(kind)) return listOf(text);
  if (kind === 'object' || kind.startsWith('map')) return parsed(text) ?? null;
  return text;
}

/** A list may be written with single quotes, or as names between commas. */
function listOf(text: string): unknown[] {
  const value = parsed(text);
  if (Array.isArray(value)) return value;
  return text.trim() === '' ? [] : text.split(',').map((item) => item.trim());
}

function parsed(text: string): unknown {
  for (const form of [text, text.replaceAll("'", '"')])
    try {
      const value: unknown = JSON.parse(form);
      if (Array.isArray(value) || isRecord(value)) return value;
    } catch {}
  return undefined;
}
