import { ImagePlus, ScanSearch } from "lucide-react";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { texts } from "@/texts";
import { droppedFiles } from "./droppedFiles";
import { useDropTarget } from "./DropTarget";

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/** Whether it left the window, and not one element for the next; Safari never tells which. */
const isGone = ({ relatedTarget, clientX, clientY }: DragEvent) =>
  !relatedTarget && (clientX <= 0 || clientY <= 0 || clientX >= innerWidth || clientY >= innerHeight);

/** Takes files dropped anywhere in the window, and says where they will go. */
export function DropZone() {
  const [isOver, setIsOver] = useState(false);
  const { label, kind, onDrop } = useDropTarget();

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const hide = () => setIsOver(false);
    /** Entering too: where the pointer has only just come over another element, nothing else is told before the drop. */
    const accept = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    };
    const take = async (transfer: DataTransfer) => {
      const files = await droppedFiles(transfer).catch(() => undefined);
      if (!files) toast.error(texts.uploads.unreadable);
      else if (files.length > 0) onDrop(files);
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      hide();
      if (event.dataTransfer) void take(event.dataTransfer);
    };
    addEventListener("dragenter", accept, { signal });
    addEventListener("dragover", accept, { signal });
    addEventListener("dragleave", (event) => isGone(event) && hide(), { signal });
    // There is none while something is dragged.
    addEventListener("pointermove", hide, { signal });
    addEventListener("drop", drop, { signal });
    return () => controller.abort();
  }, [onDrop]);

  if (!isOver) return null;
  const Icon = kind === "search" ? ScanSearch : ImagePlus;
  // It is what is dropped on: a tile below it may be replaced under the pointer, and takes the drop with it.
  return (
    <div className="animate-appear fixed inset-0 z-50 grid place-items-center bg-page/80 p-4 backdrop-blur-sm">
      <div className="grid h-full w-full place-content-center justify-items-center gap-4 rounded-3xl border-2 border-dashed border-accent bg-accent-soft/60 text-accent-strong">
        <Icon aria-hidden size={48} strokeWidth={1.5} />
        <p className="text-xl font-semibold">{label}</p>
      </div>
    </div>
  );
}
