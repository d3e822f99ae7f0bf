import { Folder } from "lucide-react";
import type { ReactElement } from "react";
import { Menu, MenuItem } from "@/kit/Menu";
import { useMediaActions } from "@/media/actions";
import { texts } from "@/texts";
import { useFolders } from "./documents";

export function AddToFolderMenu({ ids, trigger, onAdded }: { ids: string[]; trigger: ReactElement; onAdded?: () => void }) {
  const { folders } = useFolders();
  const { addToFolder } = useMediaActions();
  return (
    <Menu trigger={trigger}>
      {folders?.map(({ id, name }) => (
        <MenuItem key={id} icon={Folder} onSelect={() => void addToFolder(id, ids).then((isDone) => isDone && onAdded?.())}>{name}</MenuItem>
      ))}
      {!folders?.length && <p className="px-3 py-2 text-muted">{texts.folders.none}</p>}
    </Menu>
  );
}
