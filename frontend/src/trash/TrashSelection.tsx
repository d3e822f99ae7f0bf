import { ArchiveRestore, Trash2, X } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "@/kit/Button";
import { ConfirmDialog } from "@/kit/ConfirmDialog";
import { useSelection } from "@/selection/SelectionContext";
import { texts } from "@/texts";
import { useTrashActions } from "./documents";

/** What can be done with chosen items of the trash. */
export function TrashSelection() {
  const { selection, dispatch } = useSelection();
  const { restore, deleteForGood } = useTrashActions();
  const [isAsking, setIsAsking] = useState(false);
  const ids = [...selection.ids];
  const clear = () => dispatch({ type: "clear" });

  return (
    <div className="animate-rise fixed inset-x-0 bottom-[max(0.75rem,env(safe-area-inset-bottom))] z-20 mx-auto flex w-fit max-w-[calc(100vw-1rem)] items-center gap-1 rounded-2xl border border-line bg-raised p-1.5 shadow-2xl md:left-60">
      <IconButton icon={X} label={texts.selection.clear} onClick={clear} />
      <span className="px-1 text-sm font-semibold whitespace-nowrap tabular-nums max-sm:text-xs">{texts.selection.count(ids.length)}</span>
      <Button tone="quiet" icon={ArchiveRestore} onClick={() => void restore(ids).then((isDone) => isDone && clear())}>{texts.trash.restore}</Button>
      <Button tone="quiet" icon={Trash2} onClick={() => setIsAsking(true)}>{texts.trash.deleteForGood}</Button>
      {isAsking && (
        <ConfirmDialog
          title={texts.trash.deleteQuestion(ids.length)}
          hint={texts.trash.deleteHint}
          action={texts.trash.deleteNow}
          onConfirm={() => void deleteForGood(ids).then((isDone) => isDone && clear())}
          onClose={() => setIsAsking(false)}
        />
      )}
    </div>
  );
}
