import { Folder, Plus } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useMutation } from "urql";
import { NavItem } from "@/app/NavItem";
import { IconButton } from "@/kit/Button";
import { formatNumber } from "@/media/format";
import { texts } from "@/texts";
import { CreateFolderMutation, useFolders } from "./documents";
import { FolderNameDialog } from "./FolderNameDialog";

export function FolderNav() {
  const { folders, error, retry } = useFolders();
  const [isCreating, setIsCreating] = useState(false);
  const [, createFolder] = useMutation(CreateFolderMutation);
  const navigate = useNavigate();

  const create = async (name: string) => {
    const { data, error: failure } = await createFolder({ name });
    if (data) void navigate(`/folders/${data.createFolder.id}`);
    return failure;
  };

  return (
    <section aria-label={texts.folders.title} className="mt-5 flex min-h-0 flex-col">
      <div className="flex items-center justify-between pr-1 pl-3">
        <h2 className="text-xs font-semibold text-muted">{texts.folders.title}</h2>
        <IconButton icon={Plus} label={texts.folders.create} onClick={() => setIsCreating(true)} />
      </div>
      <ul className="space-y-0.5">
        {folders?.map(({ id, name, itemCount }) => (
          <li key={id}><NavItem to={`/folders/${id}`} icon={Folder} label={name} note={formatNumber(itemCount)} /></li>
        ))}
      </ul>
      {folders?.length === 0 && <p className="px-3 text-sm text-muted">{texts.folders.none}</p>}
      {error && !folders && <button type="button" onClick={retry} className="px-3 text-left text-sm text-danger underline">{texts.retry}</button>}
      {isCreating && <FolderNameDialog title={texts.folders.create} action={texts.folders.save} onSave={create} onClose={() => setIsCreating(false)} />}
    </section>
  );
}
