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
import { Bar } from "./Bar";
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
    <Bar className="gap-3 pl-4 text-sm">
      {texts.folders.filling(folder.name)}
      <Button onClick={() => void navigate(`/folders/${folderId}`)}>{texts.folders.done}</Button>
    </Bar>
  );
}
