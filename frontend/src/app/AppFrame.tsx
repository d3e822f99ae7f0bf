import { type ReactNode, Suspense, useState } from "react";
import { useNavigate } from "react-router";
import { DownloadHost } from "@/downloads/DownloadHost";
import { part } from "@/kit/part";
import { undoLast } from "@/media/undo";
import { SelectionBar } from "@/selection/SelectionBar";
import { useShortcuts } from "@/shortcuts/useShortcuts";
import { texts } from "@/texts";
import { DropZone } from "@/uploads/DropZone";
import { UploadPanelHost } from "@/uploads/UploadPanelHost";
import { ViewerHost } from "@/viewer/ViewerHost";
import { BottomBar } from "./BottomBar";
import { Sidebar } from "./Sidebar";

const ShortcutSheet = part(() => import("@/shortcuts/ShortcutSheet").then((module) => module.ShortcutSheet));

const Palette = part(() => import("@/palette/Palette").then((module) => module.Palette));

/** Everything around the screens: navigation, uploads, selection, viewer. */
export function AppFrame({ children }: { children: ReactNode }) {
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const [isPaletteOpen, setIsPaletteOpen] = useState(false);
  const navigate = useNavigate();
  useShortcuts({
    help: () => setIsHelpOpen(true),
    palette: () => setIsPaletteOpen(true),
    undo: () => void undoLast(),
    goLibrary: () => void navigate("/"),
    goFavorites: () => void navigate("/favorites"),
    goSearch: () => void navigate("/search"),
    goTags: () => void navigate("/tags"),
    goMap: () => void navigate("/map"),
    goDuplicates: () => void navigate("/duplicates"),
    goTrash: () => void navigate("/trash"),
  });
  return (
    <div className="flex h-full pt-[env(safe-area-inset-top)] pr-[env(safe-area-inset-right)] pl-[env(safe-area-inset-left)] max-md:flex-col">
      <a href="#content" className="sr-only z-50 rounded-lg bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:absolute focus:top-2 focus:left-2">{texts.skipToContent}</a>
      <div className="hidden w-60 shrink-0 border-r border-line md:block"><Sidebar onHelp={() => setIsHelpOpen(true)} /></div>
      <main id="content" tabIndex={-1} className="min-h-0 min-w-0 flex-1 outline-none">{children}</main>
      <BottomBar onHelp={() => setIsHelpOpen(true)} />
      <SelectionBar />
      <UploadPanelHost />
      <DownloadHost />
      <DropZone />
      <ViewerHost />
      {isHelpOpen && <Suspense><ShortcutSheet isOpen onClose={() => setIsHelpOpen(false)} /></Suspense>}
      {isPaletteOpen && <Suspense><Palette onHelp={() => setIsHelpOpen(true)} onClose={() => setIsPaletteOpen(false)} /></Suspense>}
    </div>
  );
}
