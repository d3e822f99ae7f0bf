import { Suspense } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router";
import { useFolders } from "@/folders/documents";
import { report } from "@/graphql/errors";
import { Button } from "@/kit/Button";
import { part } from "@/kit/part";
import { useMediaActions } from "@/media/actions";
import { idsOf } from "@/media/ids";
import { useShortcuts } from "@/shortcuts/useShortcuts";
import { texts } from "@/texts";
import { sizeOf } from "./selection";
import { useSelection } from "./SelectionContext";

const SelectionActions = part(() => import("./SelectionActions").then((module) => module.SelectionActions));
const TrashSelection = part(() => import("@/trash/TrashSelection").then((module) => module.TrashSelection));

export function SelectionBar() {
  const { selection, dispatch } = useSelection();
  const size = sizeOf(selection);
  const isTrash = useLocation().pathname === "/trash";
  const [params] = useSearchParams();
  const { trash } = useMediaActions();
  const toTrash = async () => {
    const ids = await idsOf(selection).catch(report);
    dispatch({ type: "clear" });
    if (ids) await trash(ids);
  };
  // Here and not beside its button, which may still be on its way when the key is pressed.
  useShortcuts({ trashSelection: () => void toTrash() }, { isEnabled: size > 0 && !isTrash && !params.has("media") });
  const filled = params.get("addTo");
  return (
    <div role="region" aria-label={texts.selection.bar}>
      <p role="status" className="sr-only">{size > 0 && texts.selection.count(size)}</p>
      {size > 0 && <Suspense>{isTrash ? <TrashSelection /> : <SelectionActions onTrash={() => void toTrash()} />}</Suspense>}
      {size === 0 && filled && <Filling folderId={filled} />}
    </div>
  );
}

/** While a folder is filled from the library: what to do, and the way back. */
function Filling({ folderId }: { folderId: string }) {
  const { folders } = useFolders();
  const navigate = useNavigate();
  const folder = folders?.find(({ id }) => id === folderId);
  if (!folder) return null;
  return (
    <div className="animate-rise fixed inset-x-0 bottom-[max(0.75rem,env(safe-area-inset-bottom))] z-20 mx-auto flex w-fit max-w-[calc(100vw-1rem)] items-center gap-3 rounded-2xl border border-line bg-raised p-1.5 pl-4 text-sm shadow-2xl md:left-60">
      {texts.folders.filling(folder.name)}
      <Button onClick={() => void navigate(`/folders/${folderId}`)}>{texts.folders.done}</Button>
    </div>
  );
}
