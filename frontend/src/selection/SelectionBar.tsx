import { type ReactNode, Suspense } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router";
import { useFolders } from "@/folders/documents";
import { report } from "@/graphql/errors";
import { Button } from "@/kit/Button";
import { part } from "@/kit/part";
import { useMediaActions } from "@/media/actions";
import { idsOf } from "@/media/ids";
import { isOnScreen } from "@/shortcuts/shortcuts";
import { useShortcuts } from "@/shortcuts/useShortcuts";
import { texts } from "@/texts";
import { PICKING } from "@/viewer/useOpenMedia";
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
  useShortcuts({ trashSelection: () => void toTrash() }, { isEnabled: size > 0 && !isTrash && !params.has("media"), accepts: isOnScreen });
  const filled = params.get("addTo");
  const isPicking = params.has(PICKING);
  return (
    <div role="region" aria-label={texts.selection.bar}>
      <p role="status" className="sr-only">{size > 0 && texts.selection.count(size)}</p>
      {size > 0 && <Suspense>{isTrash ? <TrashSelection /> : <SelectionActions onTrash={() => void toTrash()} />}</Suspense>}
      {size === 0 && filled && <Filling folderId={filled} />}
      {size === 0 && isPicking && <Waiting back="/search">{texts.search.picking}</Waiting>}
    </div>
  );
}

/** While a folder is filled from the library. */
function Filling({ folderId }: { folderId: string }) {
  const { folders } = useFolders();
  const folder = folders?.find(({ id }) => id === folderId);
  return folder && <Waiting back={`/folders/${folderId}`}>{texts.folders.filling(folder.name)}</Waiting>;
}

/** What to do in the library, and the way back. */
function Waiting({ back, children }: { back: string; children: ReactNode }) {
  const navigate = useNavigate();
  return (
    <Bar className="gap-3 pl-4 text-sm">
      {children}
      <Button onClick={() => void navigate(back)}>{texts.folders.done}</Button>
    </Bar>
  );
}
