import { Modal } from '../../shell/Modal.tsx';
import { Button } from './Button.tsx';
import { Problem } from './SetupForm.tsx';
import { useChange } from './use-change.ts';

interface Props {
  title: string;
  act: string; // the word of the button: Delete
  onAct(): Promise<void>;
  onClose(): void;
  children: React.ReactNode;
}

/** Asks before something is lost; says why when it could not be done. */
export function ConfirmDialog({ title, act, onAct, onClose, children }: Props) {
  const change = useChange();
  const go = () =>
    change.run(async () => {
      await onAct();
      onClose();
    });
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button variant="destructive" disabled={change.isBusy} onClick={() => void go()}>
        {act}
      </Button>
    </>
  );
  return (
    <Modal title={title} size="small" footer={footer} onClose={onClose}>
      <Problem of={change} />
      {children}
    </Modal>
  );
}
