import { FolderOpen, FolderX, Images } from "lucide-react";
import { useCallback, useMemo } from "react";
import { useNavigate, useParams } from "react-router";
import { useQuery } from "urql";
import { Screen } from "@/app/Screen";
import { Button } from "@/kit/Button";
import { Message } from "@/kit/States";
import { isTouch } from "@/kit/touch";
import { texts } from "@/texts";
import { TimelineScreen } from "@/timeline/TimelineScreen";
import { useProvideDropTarget } from "@/uploads/DropTarget";
import { UploadButton } from "@/uploads/UploadButton";
import { useUploads } from "@/uploads/UploadsContext";
import { FolderQuery } from "./documents";
import { FolderMenu } from "./FolderMenu";

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
  const fill = (className?: string) => <Button icon={Images} onClick={() => void navigate(`/?addTo=${id}`)} {...(className !== undefined && { className })}>{texts.folders.fill}</Button>;
  return (
    <TimelineScreen
      key={id}
      title={name}
      scope={scope}
      actions={<><FolderMenu folder={{ id, name }} />{fill("max-sm:hidden")}<UploadButton folderId={id} isMain /></>}
      empty={<Message icon={FolderOpen} title={texts.folders.empty} hint={isTouch() ? texts.folders.touchHint : texts.folders.emptyHint}>{fill()}<UploadButton folderId={id} label={texts.uploads.pick} /></Message>}
    />
  );
}
