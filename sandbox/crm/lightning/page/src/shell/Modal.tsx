import { Modal as Dialog } from '@patchcord/ui/Modal.tsx';
import { UtilityIcon } from './Icon.tsx';

interface Props {
  title: string;
  tagline?: string;
  size?: 'small' | 'medium' | 'large';
  footer: React.ReactNode;
  onClose(): void;
  children: React.ReactNode;
}

/** A dialog of the platform, with its closing button above the corner. */
export function Modal(props: Props) {
  const close = (
    <button type="button" className="slds-button slds-button_icon slds-modal__close" onClick={props.onClose}>
      <UtilityIcon name="close" className="slds-button__icon slds-button__icon_large" />
      <span className="slds-assistive-text">Cancel and close</span>
    </button>
  );
  return <Dialog {...props} corner={close} />;
}
