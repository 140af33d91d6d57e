import standardSprite from '@salesforce-ux/design-system/assets/icons/standard-sprite/svg/symbols.svg?url&no-inline';
import utilitySprite from '@salesforce-ux/design-system/assets/icons/utility-sprite/svg/symbols.svg?url&no-inline';

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

/** The coloured icon of an object. `icon` is `standard:contact`; objects with a tab of their own colour bring `custom:…`. */
export function ObjectIcon({ icon, size }: { icon: string; size?: 'small' | 'x-small' }) {
  const name = icon.startsWith('standard:') ? icon.slice('standard:'.length) : 'custom_notification';
  const colour = name.replaceAll('_', '-');
  return (
    <span className={words('slds-icon_container', `slds-icon-standard-${colour}`)}>
      <svg className={words('slds-icon', size && `slds-icon_${size}`)} aria-hidden="true" focusable="false">
        <use href={`${standardSprite}#${name}`} />
      </svg>
    </span>
  );
}
