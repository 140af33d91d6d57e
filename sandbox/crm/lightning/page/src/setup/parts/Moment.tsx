import { instant, moments } from '../../record/format.ts';
import { useSetup } from '../setup-context.ts';

/** Writes moments as this user reads them: in the locale and the time zone of the user record; '' for none. */
export function useMoment(precision: 'short' | 'medium' = 'short'): (at: string) => string {
  const { locale, timeZone } = useSetup().start.user;
  const shown = moments(locale, timeZone, precision);
  return (at) => {
    const time = instant(at);
    return at === '' || Number.isNaN(time.getTime()) ? '' : shown.format(time);
  };
}

/** A moment in a table: on one line. */
export function Moment({ at, precision = 'short' }: { at: string; precision?: 'short' | 'medium' }) {
  return <span className="pc-setup-moment">{useMoment(precision)(at)}</span>;
}
