/** A piece of a message: plain text, or an address that can be followed. */
export interface Piece {
  text: string;
  href: string; // "" for plain text
}

/** Finds the web addresses in a message. */
export function linked(body: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of body.matchAll(/https?:\/\/[^\s<>"]+/g)) {
    if (found.index > at) pieces.push({ text: body.slice(at, found.index), href: '' });
    pieces.push({ text: found[0], href: found[0] });
    at = found.index + found[0].length;
  }
  if (at < body.length) pieces.push({ text: body.slice(at), href: '' });
  return pieces;
}
