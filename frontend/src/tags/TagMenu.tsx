import { Combine, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { toast } from "sonner";
import { useMutation } from "urql";
import { messageOf } from "@/graphql/errors";
import { Button, IconButton } from "@/kit/Button";
import { ConfirmDialog } from "@/kit/ConfirmDialog";
import { Dialog } from "@/kit/Dialog";
import { Menu, MenuItem } from "@/kit/Menu";
import { TextField } from "@/kit/TextField";
import { libraryChanges } from "@/live/changes";
import { texts } from "@/texts";
import { TagField } from "./TagField";
import { DeleteTagMutation, MergeTagsMutation, RenameTagMutation } from "./tagDocuments";

export function TagMenu({ id, name }: { id: string; name: string }) {
  const [open, setOpen] = useState<"rename" | "merge" | "delete">();
  const [, merge] = useMutation(MergeTagsMutation);
  const [, remove] = useMutation(DeleteTagMutation);
  const navigate = useNavigate();
  const close = () => setOpen(undefined);

  const mergeInto = async (into: string) => {
    close();
    const { data, error } = await merge({ ids: [id], into });
    if (error) toast.error(messageOf(error));
    if (!data) return;
    libraryChanges.emit("items");
    toast.success(texts.tag.merged(name, data.mergeTags.name));
    void navigate(`/tags/${encodeURIComponent(data.mergeTags.name)}`, { replace: true });
  };
  const deleteTag = async () => {
    const { error } = await remove({ id });
    if (error) {
      toast.error(messageOf(error));
      return;
    }
    libraryChanges.emit("items");
    toast.success(texts.tag.deleted(name));
    void navigate("/tags");
  };

  return (
    <>
      <Menu trigger={<IconButton icon={Ellipsis} label={texts.tag.menu} />}>
        <MenuItem icon={Pencil} onSelect={() => setOpen("rename")}>{texts.tag.rename}</MenuItem>
        <MenuItem icon={Combine} onSelect={() => setOpen("merge")}>{texts.tag.merge}</MenuItem>
        <MenuItem icon={Trash2} isDanger onSelect={() => setOpen("delete")}>{texts.tag.delete}</MenuItem>
      </Menu>
      {open === "rename" && <RenameDialog id={id} name={name} onClose={close} />}
      {open === "merge" && (
        <Dialog title={texts.tag.mergeName} isOpen onClose={close}>
          <p className="mb-3 text-sm text-muted">{texts.tag.mergeHint}</p>
          <div className="min-h-64"><TagField taken={[name]} onAdd={(into) => void mergeInto(into)} /></div>
        </Dialog>
      )}
      {open === "delete" && <ConfirmDialog title={texts.tag.deleteQuestion(name)} hint={texts.tag.deleteHint} action={texts.tag.delete} onConfirm={() => void deleteTag()} onClose={close} />}
    </>
  );
}

function RenameDialog({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const [text, setText] = useState(name);
  const [{ error }, rename] = useMutation(RenameTagMutation);
  const navigate = useNavigate();
  const save = async () => {
    const { data } = await rename({ id, name: text.trim() });
    if (!data) return;
    onClose();
    void navigate(`/tags/${encodeURIComponent(data.renameTag.name)}`, { replace: true });
  };
  return (
    <Dialog title={texts.tag.rename} isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField aria-label={texts.tag.name} value={text} maxLength={100} onChange={(event) => setText(event.target.value)} />
        {error && <p role="alert" className="mt-2 text-sm text-danger">{messageOf(error)}</p>}
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button type="submit" tone="primary" disabled={!text.trim()}>{texts.tag.save}</Button>
        </div>
      </form>
    </Dialog>
  );
}
