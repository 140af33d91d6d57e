/** A moment as Setup writes it, in the browser's own zone; '' for none. */
export function moment(at: string, precision: 'short' | 'medium' = 'short'): string {
  const time = new Date(at.replace(/\+0000$/, 'Z'));
  if (at === '' || Number.isNaN(time.getTime())) return '';
  return time.toLocaleString('en-US', { dateStyle: 'short', timeStyle: precision });
}

/** A moment in a table: on one line. */
export function Moment({ at, precision = 'short' }: { at: string; precision?: 'short' | 'medium' }) {
  return <span className="pc-setup-moment">{moment(at, precision)}</span>;
}
