import { ArchiveRestore, Trash2 } from "lucide-react";
import { useState } from "react";
import { report } from "@/graphql/errors";
import { Button } from "@/kit/Button";
import { ConfirmDialog } from "@/kit/ConfirmDialog";
import { idsOf } from "@/media/ids";
import { BarStart, Bar } from "@/selection/Bar";
import { sizeOf } from "@/selection/selection";
import { useSelection } from "@/selection/SelectionContext";
import { texts } from "@/texts";
import { useTrashActions } from "./documents";

/** What can be done with chosen items of the trash. */
export function TrashSelection() {
  const { selection, dispatch } = useSelection();
  const { restore, deleteForGood } = useTrashActions();
  const [isAsking, setIsAsking] = useState(false);
  const size = sizeOf(selection);
  const withIds = async (run: (ids: string[]) => Promise<boolean>) => {
    const ids = await idsOf(selection).catch(report);
    if (ids && (await run(ids))) dispatch({ type: "clear" });
  };

  return (
    <Bar>
      <BarStart />
      <Button tone="quiet" icon={ArchiveRestore} onClick={() => void withIds(restore)}>{texts.trash.restore}</Button>
      <Button tone="quiet" icon={Trash2} aria-label={texts.trash.deleteForGood} onClick={() => setIsAsking(true)}><span className="max-sm:hidden">{texts.trash.deleteForGood}</span></Button>
      {isAsking && <ConfirmDialog title={texts.trash.deleteQuestion(size)} hint={texts.trash.deleteHint} action={texts.trash.deleteNow} onConfirm={() => void withIds(deleteForGood)} onClose={() => setIsAsking(false)} />}
    </Bar>
  );
}
