import { ImagePlus, ScanSearch } from "lucide-react";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { texts } from "@/texts";
import { droppedFiles } from "./droppedFiles";
import { useDropTarget } from "./DropTarget";

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/** Takes files dropped anywhere in the window, and says where they will go. */
export function DropZone() {
  const [isOver, setIsOver] = useState(false);
  const { label, kind, onDrop } = useDropTarget();

  useEffect(() => {
    // Enter and leave fire for every element crossed: what counts is how many were entered and not left.
    let depth = 0;
    const controller = new AbortController();
    const { signal } = controller;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth++;
      setIsOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setIsOver(false);
    };
    const take = async (transfer: DataTransfer) => {
      const files = await droppedFiles(transfer).catch(() => undefined);
      if (!files) toast.error(texts.uploads.unreadable);
      else if (files.length > 0) onDrop(files);
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setIsOver(false);
      if (event.dataTransfer) void take(event.dataTransfer);
    };
    addEventListener("dragenter", enter, { signal });
    addEventListener("dragleave", leave, { signal });
    addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault(), { signal });
    addEventListener("drop", drop, { signal });
    return () => controller.abort();
  }, [onDrop]);

  if (!isOver) return null;
  const Icon = kind === "search" ? ScanSearch : ImagePlus;
  return (
    <div className="animate-appear pointer-events-none fixed inset-0 z-50 grid place-items-center bg-page/80 p-4 backdrop-blur-sm">
      <div className="grid h-full w-full place-content-center justify-items-center gap-4 rounded-3xl border-2 border-dashed border-accent bg-accent-soft/60 text-accent-strong">
        <Icon aria-hidden size={48} strokeWidth={1.5} />
        <p className="text-xl font-semibold">{label}</p>
      </div>
    </div>
  );
}
