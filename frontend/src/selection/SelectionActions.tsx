import { Download, Ellipsis, FolderMinus, FolderPlus, Heart, HeartOff, ScanSearch, Tag, Trash2 } from "lucide-react";
import { useState } from "react";
import { useMatch, useNavigate, useSearchParams } from "react-router";
import { useDownloads } from "@/downloads/DownloadsContext";
import { AddToFolderMenu } from "@/folders/AddToFolderMenu";
import { useFolders } from "@/folders/documents";
import { report } from "@/graphql/errors";
import { Button, IconButton } from "@/kit/Button";
import { Menu, MenuItem } from "@/kit/Menu";
import { useMediaActions } from "@/media/actions";
import { idsOf, wantedOf } from "@/media/ids";
import { texts } from "@/texts";
import { Bar, BarStart } from "./Bar";
import { sizeOf } from "./selection";
import { useSelection } from "./SelectionContext";
import { TagDialog } from "./TagDialog";

export function SelectionActions({ onTrash }: { onTrash: () => void }) {
  const { selection, dispatch } = useSelection();
  const { setFavorite, tag, addToFolder, removeFromFolder } = useMediaActions();
  const [isTagging, setIsTagging] = useState(false);
  const { download } = useDownloads();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const { folders } = useFolders();
  const shownId = useMatch("/folders/:id")?.params.id;
  const byId = (id: string | null | undefined) => folders?.find((candidate) => candidate.id === id);
  const shownFolder = byId(shownId);
  const filledFolder = byId(params.get("addTo"));
  const size = sizeOf(selection);
  const [only] = selection.everything || selection.ids.size > 1 ? [] : selection.ids;

  const clear = () => dispatch({ type: "clear" });
  const withIds = async (run: (ids: string[]) => unknown) => {
    const ids = await idsOf(selection).catch(report);
    if (ids) await run(ids);
  };
  const save = () => void wantedOf(selection).then((wanted) => download(wanted, texts.downloads.selection(size))).catch(report);
  const findSimilar = only === undefined ? undefined : () => void navigate(`/search?source=${only}`);

  return (
    <Bar>
      <BarStart />
      {filledFolder ? (
        <Button tone="primary" icon={FolderPlus} onClick={() => void withIds(async (ids) => (await addToFolder(filledFolder, ids)) && void navigate(`/folders/${filledFolder.id}`)).then(clear)}>{texts.folders.addTo(filledFolder.name)}</Button>
      ) : (
        <>
          <IconButton icon={Heart} label={texts.selection.favorite} onClick={() => void withIds((ids) => setFavorite(ids, true))} />
          <AddToFolderMenu onPick={(folder) => void withIds((ids) => addToFolder(folder, ids)).then(clear)} trigger={<IconButton icon={FolderPlus} label={texts.selection.folder} />} />
          <IconButton icon={Tag} label={texts.selection.tag} onClick={() => setIsTagging(true)} className="max-sm:hidden" />
          <IconButton icon={Download} label={texts.selection.download} onClick={save} className="max-sm:hidden" />
          {findSimilar && <IconButton icon={ScanSearch} label={texts.selection.similar} onClick={findSimilar} className="max-sm:hidden" />}
          <IconButton icon={Trash2} label={texts.selection.trash} onClick={onTrash} />
          <Menu trigger={<IconButton icon={Ellipsis} label={texts.selection.more} />}>
            <div className="sm:hidden">
              <MenuItem icon={Tag} onSelect={() => setIsTagging(true)}>{texts.selection.tag}</MenuItem>
              <MenuItem icon={Download} onSelect={save}>{texts.selection.download}</MenuItem>
              {findSimilar && <MenuItem icon={ScanSearch} onSelect={findSimilar}>{texts.selection.similar}</MenuItem>}
            </div>
            <MenuItem icon={HeartOff} onSelect={() => void withIds((ids) => setFavorite(ids, false))}>{texts.selection.unfavorite}</MenuItem>
            {shownFolder && <MenuItem icon={FolderMinus} onSelect={() => void withIds((ids) => removeFromFolder(shownFolder, ids)).then(clear)}>{texts.selection.removeFromFolder}</MenuItem>}
          </Menu>
        </>
      )}
      {isTagging && <TagDialog onChange={(change) => void withIds((ids) => tag(ids, change))} onClose={() => setIsTagging(false)} />}
    </Bar>
  );
}
