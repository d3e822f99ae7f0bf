import { Folder, FolderInput } from "lucide-react";
import { type DragEvent, Suspense, useState } from "react";
import { NavItem } from "@/app/NavItem";
import { report } from "@/graphql/errors";
import { cx } from "@/kit/cx";
import { part } from "@/kit/part";
import { useMediaActions } from "@/media/actions";
import { draggedMedia, isMediaDrag } from "@/media/drag";
import { formatNumber } from "@/media/format";
import { texts } from "@/texts";
import type { FolderSummary } from "./documents";

const FolderMenu = part(() => import("./FolderMenu").then((module) => module.FolderMenu));

const DRAGGED_FOLDER = "application/x-gallerynet-folder";
let draggedId: string | undefined;

interface FolderNavItemProps {
  folder: FolderSummary;
  /** Another folder was dropped on this one: it takes this place. */
  onPlace: (id: string) => void;
}

/** A folder in the sidebar: takes media that are dropped on it, and can be dragged to another place itself. */
export function FolderNavItem({ folder, onPlace }: FolderNavItemProps) {
  const [over, setOver] = useState<"media" | "folder">();
  const { addToFolder, moveToFolder } = useMediaActions();
  const { id, name, itemCount } = folder;

  const kindOf = (event: DragEvent) => (isMediaDrag(event) ? "media" : event.dataTransfer.types.includes(DRAGGED_FOLDER) && draggedId !== id ? "folder" : undefined);
  const dropMedia = async (isMove: boolean) => {
    const dragged = draggedMedia();
    if (!dragged) return;
    const { folderId } = dragged;
    const ids = await dragged.ids().catch(report);
    if (!ids) return;
    if (isMove && folderId && folderId !== id) await moveToFolder({ id: folderId, name: "" }, folder, ids);
    else await addToFolder(folder, ids);
  };

  return (
    // Its link has the keyboard's ways; dropping has its like in the menus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      className={cx("group relative rounded-lg", over === "media" && "bg-accent-soft outline-2 -outline-offset-2 outline-accent", over === "folder" && "shadow-[0_-2px_0_var(--accent)]")}
      draggable
      onDragStart={(event) => {
        draggedId = id;
        event.dataTransfer.setData(DRAGGED_FOLDER, id);
        event.dataTransfer.effectAllowed = "move";
      }}
      onDragEnd={() => {
        draggedId = undefined;
      }}
      onDragOver={(event) => {
        const kind = kindOf(event);
        setOver(kind);
        if (kind) event.preventDefault();
        if (kind === "media") event.dataTransfer.dropEffect = event.shiftKey ? "move" : "copy";
      }}
      onDragLeave={() => setOver(undefined)}
      onDrop={(event) => {
        const kind = kindOf(event);
        setOver(undefined);
        if (!kind) return;
        event.preventDefault();
        if (kind === "media") void dropMedia(event.shiftKey);
        else if (draggedId) onPlace(draggedId);
      }}
    >
      <NavItem to={`/folders/${id}`} icon={over === "media" ? FolderInput : Folder} label={name} note={formatNumber(itemCount)} />
      <Suspense><FolderMenu folder={folder} label={texts.folders.actionsOf(name)} className="absolute! top-0 right-0 bg-page opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 pointer-coarse:hidden" /></Suspense>
    </li>
  );
}
