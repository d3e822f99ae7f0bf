import { Download, Ellipsis, FolderOpen, FolderX, Pencil, Trash2 } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { toast } from "sonner";
import { useMutation, useQuery } from "urql";
import { Screen } from "@/app/Screen";
import { useDownloads } from "@/downloads/DownloadsContext";
import { messageOf } from "@/graphql/errors";
import { Button, IconButton } from "@/kit/Button";
import { Menu, MenuItem } from "@/kit/Menu";
import { Message } from "@/kit/States";
import { texts } from "@/texts";
import { TimelineScreen } from "@/timeline/TimelineScreen";
import { useProvideDropTarget } from "@/uploads/DropTarget";
import { UploadButton } from "@/uploads/UploadButton";
import { useUploads } from "@/uploads/UploadsContext";
import { DeleteFolderMutation, FolderQuery, RenameFolderMutation } from "./documents";
import { FolderNameDialog } from "./FolderNameDialog";

export function FolderScreen() {
  const { id = "" } = useParams();
  const [{ data, fetching, error }] = useQuery({ query: FolderQuery, variables: { id } });
  const navigate = useNavigate();
  const { upload } = useUploads();
  const name = data?.folder?.name ?? "";
  const scope = useMemo(() => ({ folderId: id }), [id]);
  const onDrop = useCallback((files: readonly File[]) => upload(files, id), [upload, id]);
  useProvideDropTarget("upload", texts.uploads.dropTo(name), onDrop);

  if (!data?.folder && !fetching && !error) {
    return (
      <Screen title={texts.notFound.page}>
        <Message icon={FolderX} title={texts.folders.missing} hint={texts.folders.missingHint}>
          <Button onClick={() => void navigate("/")}>{texts.folders.toLibrary}</Button>
        </Message>
      </Screen>
    );
  }
  return (
    <TimelineScreen
      key={id}
      title={name}
      scope={scope}
      actions={<><FolderMenu id={id} name={name} /><UploadButton folderId={id} isMain /></>}
      empty={<Message icon={FolderOpen} title={texts.folders.empty} hint={texts.folders.emptyHint}><UploadButton folderId={id} label={texts.uploads.pick} /></Message>}
    />
  );
}

function FolderMenu({ id, name }: { id: string; name: string }) {
  const [isRenaming, setIsRenaming] = useState(false);
  const { download } = useDownloads();
  const [, renameFolder] = useMutation(RenameFolderMutation);
  const [, deleteFolder] = useMutation(DeleteFolderMutation);
  const navigate = useNavigate();

  const remove = async () => {
    const { error } = await deleteFolder({ id });
    if (error) {
      toast.error(messageOf(error));
      return;
    }
    toast.success(texts.folders.deleted(name));
    void navigate("/");
  };

  return (
    <>
      <Menu trigger={<IconButton icon={Ellipsis} label={texts.folders.menu} />}>
        <MenuItem icon={Download} onSelect={() => void download({ filter: { folderId: id } }, name)}>{texts.downloads.folder}</MenuItem>
        <MenuItem icon={Pencil} onSelect={() => setIsRenaming(true)}>{texts.folders.rename}</MenuItem>
        <MenuItem icon={Trash2} isDanger onSelect={() => void remove()}>{texts.folders.delete}</MenuItem>
      </Menu>
      {isRenaming && (
        <FolderNameDialog title={texts.folders.rename} action={texts.folders.renameSave} initialName={name} onSave={async (next) => (await renameFolder({ id, name: next })).error} onClose={() => setIsRenaming(false)} />
      )}
    </>
  );
}
