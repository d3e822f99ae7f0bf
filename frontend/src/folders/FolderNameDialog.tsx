import { useState } from "react";
import type { CombinedError } from "urql";
import { messageOf } from "@/graphql/errors";
import { Button } from "@/kit/Button";
import { Dialog } from "@/kit/Dialog";
import { TextField } from "@/kit/TextField";
import { texts } from "@/texts";

interface FolderNameDialogProps {
  title: string;
  action: string;
  initialName?: string;
  onSave: (name: string) => Promise<CombinedError | undefined>;
  onClose: () => void;
}

/** Mounted only while it is open, so that it starts from the name as it is. */
export function FolderNameDialog({ title, action, initialName = "", onSave, onClose }: FolderNameDialogProps) {
  const [name, setName] = useState(initialName);
  const [error, setError] = useState<CombinedError>();
  const save = async () => {
    const failure = await onSave(name.trim());
    if (failure) setError(failure);
    else onClose();
  };
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField aria-label={texts.folders.name} placeholder={texts.folders.name} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        {error && <p role="alert" className="mt-2 text-sm text-danger">{messageOf(error)}</p>}
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button type="submit" tone="primary" disabled={!name.trim()}>{action}</Button>
        </div>
      </form>
    </Dialog>
  );
}
