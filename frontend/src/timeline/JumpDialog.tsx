import { useState } from "react";
import { report } from "@/graphql/errors";
import { Button } from "@/kit/Button";
import { Dialog } from "@/kit/Dialog";
import { TextField } from "@/kit/TextField";
import { texts } from "@/texts";
import { indexOfDay } from "./moments";
import type { TimelineVariables } from "./snapshot";

interface JumpDialogProps {
  variables: TimelineVariables;
  onJump: (index: number) => void;
  onClose: () => void;
}

/** Asks for a day and leads to its first item or, where it has none, to the next. */
export function JumpDialog({ variables, onJump, onClose }: JumpDialogProps) {
  const [day, setDay] = useState("");
  const jump = async () => {
    const index = await indexOfDay(variables, day).catch(report);
    if (index === undefined) return;
    onClose();
    onJump(index);
  };
  return (
    <Dialog title={texts.library.jump} isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void jump();
        }}
      >
        <TextField type="date" aria-label={texts.library.jumpDay} value={day} onChange={(event) => setDay(event.target.value)} required />
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button type="submit" tone="primary" disabled={!day}>{texts.library.jumpGo}</Button>
        </div>
      </form>
    </Dialog>
  );
}
