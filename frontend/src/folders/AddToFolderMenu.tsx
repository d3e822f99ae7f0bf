import { Folder, FolderPlus } from "lucide-react";
import { type ReactElement, useState } from "react";
import { useMutation } from "urql";
import { Menu, MenuItem } from "@/kit/Menu";
import { texts } from "@/texts";
import { CreateFolderMutation, type FolderSummary, useFolders } from "./documents";
import { FolderNameDialog } from "./FolderNameDialog";

interface AddToFolderMenuProps {
  trigger: ReactElement;
  onPick: (folder: Pick<FolderSummary, "id" | "name">) => void;
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}

/** One of the folders, or a new one. */
export function AddToFolderMenu({ trigger, onPick, ...opening }: AddToFolderMenuProps) {
  const { folders } = useFolders();
  const [isCreating, setIsCreating] = useState(false);
  const [, createFolder] = useMutation(CreateFolderMutation);
  const create = async (name: string) => {
    const { data, error } = await createFolder({ name });
    if (data) onPick(data.createFolder);
    return error;
  };
  return (
    <>
      <Menu trigger={trigger} {...opening}>
        {folders?.map((folder) => <MenuItem key={folder.id} icon={Folder} onSelect={() => onPick(folder)}>{folder.name}</MenuItem>)}
        <MenuItem icon={FolderPlus} onSelect={() => setIsCreating(true)}>{texts.folders.create}</MenuItem>
      </Menu>
      {isCreating && <FolderNameDialog title={texts.folders.create} action={texts.folders.save} onSave={create} onClose={() => setIsCreating(false)} />}
    </>
  );
}
