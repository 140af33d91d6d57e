import customSprite from '@salesforce-ux/design-system/assets/icons/custom-sprite/svg/symbols.svg?url&no-inline';
import standardSprite from '@salesforce-ux/design-system/assets/icons/standard-sprite/svg/symbols.svg?url&no-inline';
import utilitySprite from '@salesforce-ux/design-system/assets/icons/utility-sprite/svg/symbols.svg?url&no-inline';
import type { Location } from '../routes.ts';
import type { Kind } from '../wire.ts';

/** The icon of what a tab shows. */
export function tabIcon(location: Location, kinds: Record<string, Kind>): string {
  if (location.at === 'related') {
    const object = location.list.split('.')[0];
    return Object.values(kinds).find((kind) => kind.object === object)?.icon ?? 'standard:record';
  }
  if (location.at === 'flow') return 'standard:flow';
  if (location.at !== 'record') return 'standard:visualforce_page';
  return kinds[location.id.slice(0, 3)]?.icon ?? 'standard:record';
}

const words = (...classes: (string | false | undefined)[]): string => classes.filter(Boolean).join(' ');

/** A small one-colour icon of the design system. */
export function UtilityIcon({
  name,
  className = 'slds-icon slds-icon-text-default slds-icon_x-small',
}: {
  name: string;
  className?: string;
}) {
  return (
    <svg className={className} aria-hidden="true" focusable="false">
      <use href={`${utilitySprite}#${name}`} />
    </svg>
  );
}

/** The coloured icon of an object: `standard:contact`, or `custom:custom57` for an object with a tab of its own. */
export function ObjectIcon({ icon, size }: { icon: string; size?: 'small' | 'x-small' }) {
  const [family, name] = icon.split(':');
  const isCustom = family === 'custom';
  const symbol = name ?? 'record';
  return (
    <span
      className={words(
        'slds-icon_container',
        `slds-icon-${isCustom ? 'custom' : 'standard'}-${symbol.replaceAll('_', '-')}`,
      )}
    >
      <svg className={words('slds-icon', size && `slds-icon_${size}`)} aria-hidden="true" focusable="false">
        <use href={`${isCustom ? customSprite : standardSprite}#${symbol}`} />
      </svg>
    </span>
  );
}
