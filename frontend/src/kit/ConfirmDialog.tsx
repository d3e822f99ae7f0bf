import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { texts } from "@/texts";

interface ConfirmDialogProps {
  title: string;
  hint: string;
  action: string;
  onConfirm: () => void;
  onClose: () => void;
}

/** For the few things that cannot be undone. Mounted only while it asks. */
export function ConfirmDialog({ title, hint, action, onConfirm, onClose }: ConfirmDialogProps) {
  const confirm = () => {
    onClose();
    onConfirm();
  };
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <p className="text-muted">{hint}</p>
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={onClose}>{texts.cancel}</Button>
        <Button tone="primary" onClick={confirm}>{action}</Button>
      </div>
    </Dialog>
  );
}
