import { Plus } from "lucide-react";
import { Suspense, useState } from "react";
import { useNavigate } from "react-router";
import { IconButton } from "@/kit/Button";
import { part } from "@/kit/part";
import { texts } from "@/texts";
import { useFolders } from "./documents";
import { FolderNavItem } from "./FolderNavItem";
import { useFolderActions } from "./useFolderActions";

const FolderNameDialog = part(() => import("./FolderNameDialog").then((module) => module.FolderNameDialog));

export function FolderNav() {
  const { folders, error, retry } = useFolders();
  const { create, moveTo } = useFolderActions(folders);
  const [isCreating, setIsCreating] = useState(false);
  const navigate = useNavigate();

  const createAndOpen = async (name: string) => {
    const { data, error: failure } = await create(name);
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
        {folders?.map((folder, place) => <FolderNavItem key={folder.id} folder={folder} onPlace={(id) => void moveTo(id, place)} />)}
      </ul>
      {folders?.length === 0 && <p className="px-3 text-sm text-muted">{texts.folders.none}</p>}
      {error && !folders && <button type="button" onClick={retry} className="px-3 text-left text-sm text-danger underline">{texts.retry}</button>}
      {isCreating && <Suspense><FolderNameDialog title={texts.folders.create} action={texts.folders.save} onSave={createAndOpen} onClose={() => setIsCreating(false)} /></Suspense>}
    </section>
  );
}
