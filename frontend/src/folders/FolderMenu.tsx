import { ArrowDown, ArrowUp, Download, Ellipsis, Group, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useMatch, useNavigate } from "react-router";
import { useDownloads } from "@/downloads/DownloadsContext";
import { IconButton } from "@/kit/Button";
import { Menu, MenuItem } from "@/kit/Menu";
import { texts } from "@/texts";
import { useFolders } from "./documents";
import { FolderNameDialog } from "./FolderNameDialog";
import { useFolderActions } from "./useFolderActions";

interface FolderMenuProps {
  folder: { id: string; name: string };
  /** For a list of many folders; one alone is just "this folder". */
  label?: string;
  className?: string;
}

export function FolderMenu({ folder, label = texts.folders.menu, className }: FolderMenuProps) {
  const { folders } = useFolders();
  const { rename, move, remove } = useFolderActions(folders);
  const { download } = useDownloads();
  const [isRenaming, setIsRenaming] = useState(false);
  const navigate = useNavigate();
  const isShown = useMatch("/folders/:id")?.params.id === folder.id;
  const place = folders?.findIndex(({ id }) => id === folder.id) ?? 0;

  const removeAndLeave = async () => {
    if ((await remove(folder)) && isShown) void navigate("/");
  };
  return (
    <>
      <Menu trigger={<IconButton icon={Ellipsis} label={label} {...(className !== undefined && { className })} />}>
        <MenuItem icon={Download} onSelect={() => void download({ filter: { folderId: folder.id } }, folder.name)}>{texts.downloads.folder}</MenuItem>
        <MenuItem icon={Group} onSelect={() => void navigate(`/groups?folder=${folder.id}`)}>{texts.folders.group}</MenuItem>
        <MenuItem icon={Pencil} onSelect={() => setIsRenaming(true)}>{texts.folders.rename}</MenuItem>
        <MenuItem icon={ArrowUp} isDisabled={place <= 0} onSelect={() => void move(folder.id, -1)}>{texts.folders.moveUp}</MenuItem>
        <MenuItem icon={ArrowDown} isDisabled={place + 1 >= (folders?.length ?? 0)} onSelect={() => void move(folder.id, 1)}>{texts.folders.moveDown}</MenuItem>
        <MenuItem icon={Trash2} isDanger onSelect={() => void removeAndLeave()}>{texts.folders.delete}</MenuItem>
      </Menu>
      {isRenaming && <FolderNameDialog title={texts.folders.rename} action={texts.folders.renameSave} initialName={folder.name} onSave={(name) => rename(folder.id, name)} onClose={() => setIsRenaming(false)} />}
    </>
  );
}
