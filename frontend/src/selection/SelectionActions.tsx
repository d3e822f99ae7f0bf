import { Download, FolderPlus, Heart, Tag, Trash2, X } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { useDownloads } from "@/downloads/DownloadsContext";
import { AddToFolderMenu } from "@/folders/AddToFolderMenu";
import { Button, IconButton } from "@/kit/Button";
import { Dialog } from "@/kit/Dialog";
import { useMediaActions } from "@/media/actions";
import { TagField } from "@/tags/TagField";
import { texts } from "@/texts";
import { useSelection } from "./SelectionContext";

export function SelectionActions() {
  const { selection, dispatch } = useSelection();
  const { setFavorite, trash, tag } = useMediaActions();
  const [isTagging, setIsTagging] = useState(false);
  const { download } = useDownloads();
  const ids = [...selection.ids];
  const clear = () => dispatch({ type: "clear" });
  const addTag = async (name: string) => {
    setIsTagging(false);
    if (await tag(ids, { add: [name] })) toast.success(texts.selection.tagged(name, ids.length));
  };

  return (
    <div className="animate-rise fixed inset-x-0 bottom-[max(0.75rem,env(safe-area-inset-bottom))] z-20 mx-auto flex w-fit max-w-[calc(100vw-1rem)] items-center gap-0.5 rounded-2xl border border-line bg-raised p-1.5 shadow-2xl md:left-60">
      <IconButton icon={X} label={texts.selection.clear} onClick={clear} />
      <span className="px-2 text-sm font-semibold whitespace-nowrap tabular-nums max-sm:text-xs">{texts.selection.count(ids.length)}</span>
      <IconButton icon={Heart} label={texts.selection.favorite} onClick={() => void setFavorite(ids, true)} />
      <IconButton icon={Tag} label={texts.selection.tag} onClick={() => setIsTagging(true)} />
      <AddToFolderMenu ids={ids} onAdded={clear} trigger={<IconButton icon={FolderPlus} label={texts.selection.folder} />} />
      <IconButton icon={Download} label={texts.downloads.download} onClick={() => void download({ ids }, texts.downloads.selection(ids.length))} />
      <IconButton icon={Trash2} label={texts.selection.trash} onClick={() => void trash(ids).then((isDone) => isDone && clear())} />
      <Dialog title={texts.selection.tag} isOpen={isTagging} onClose={() => setIsTagging(false)}>
        <div className="min-h-72"><TagField taken={[]} onAdd={(name) => void addTag(name)} /></div>
        <div className="flex justify-end"><Button onClick={() => setIsTagging(false)}>{texts.cancel}</Button></div>
      </Dialog>
    </div>
  );
}
