/** A moment as Setup's tables write it; '' for none. */
export function moment(at: string): string {
  const time = new Date(at.replace(/\+0000$/, 'Z'));
  if (at === '' || Number.isNaN(time.getTime())) return '';
  return time.toLocaleString('en-US', { dateStyle: 'short', timeStyle: 'medium' });
}
