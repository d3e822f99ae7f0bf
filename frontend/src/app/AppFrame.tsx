import { Menu as MenuIcon } from "lucide-react";
import { Dialog } from "radix-ui";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { DownloadHost } from "@/downloads/DownloadHost";
import { IconButton } from "@/kit/Button";
import { undoLast } from "@/media/undo";
import { SelectionBar } from "@/selection/SelectionBar";
import { useShortcuts } from "@/shortcuts/useShortcuts";
import { texts } from "@/texts";
import { DropZone } from "@/uploads/DropZone";
import { UploadPanel } from "@/uploads/UploadPanel";
import { ViewerHost } from "@/viewer/ViewerHost";
import { Logo } from "./Logo";
import { Sidebar } from "./Sidebar";

const ShortcutSheet = lazy(() => import("@/shortcuts/ShortcutSheet").then((module) => ({ default: module.ShortcutSheet })));

const Palette = lazy(() => import("@/palette/Palette").then((module) => ({ default: module.Palette })));

/** Everything around the screens: navigation, uploads, selection, viewer. */
export function AppFrame({ children }: { children: ReactNode }) {
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const [isPaletteOpen, setIsPaletteOpen] = useState(false);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  useShortcuts({
    help: () => setIsHelpOpen(true),
    palette: () => setIsPaletteOpen(true),
    undo: undoLast,
    goLibrary: () => void navigate("/"),
    goFavorites: () => void navigate("/favorites"),
    goSearch: () => void navigate("/search"),
    goTags: () => void navigate("/tags"),
    goMap: () => void navigate("/map"),
    goDuplicates: () => void navigate("/duplicates"),
    goTrash: () => void navigate("/trash"),
  });
  return (
    <div className="flex h-full max-md:flex-col">
      <a href="#content" className="sr-only z-50 rounded-lg bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:absolute focus:top-2 focus:left-2">{texts.skipToContent}</a>
      <div className="hidden w-60 shrink-0 border-r border-line md:block"><Sidebar onHelp={() => setIsHelpOpen(true)} /></div>
      <header className="flex items-center gap-1 border-b border-line px-1.5 py-1 md:hidden">
        <Drawer key={pathname} onHelp={() => setIsHelpOpen(true)} />
        <Logo />
      </header>
      <main id="content" tabIndex={-1} className="min-h-0 min-w-0 flex-1 outline-none">{children}</main>
      <SelectionBar />
      <UploadPanel />
      <DownloadHost />
      <DropZone />
      <ViewerHost />
      {isHelpOpen && <Suspense><ShortcutSheet isOpen onClose={() => setIsHelpOpen(false)} /></Suspense>}
      {isPaletteOpen && <Suspense><Palette onHelp={() => setIsHelpOpen(true)} onClose={() => setIsPaletteOpen(false)} /></Suspense>}
    </div>
  );
}

/** Closed anew on each screen, by its key. */
function Drawer({ onHelp }: { onHelp: () => void }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog.Root open={isOpen} onOpenChange={setIsOpen}>
      <Dialog.Trigger asChild><IconButton icon={MenuIcon} label={texts.navigation.open} /></Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="animate-appear fixed inset-0 z-40 bg-black/45" />
        <Dialog.Content aria-describedby={undefined} className="animate-appear fixed inset-y-0 left-0 z-50 w-72 max-w-[85vw] bg-page shadow-2xl">
          <Dialog.Title className="sr-only">{texts.navigation.label}</Dialog.Title>
          <Sidebar onHelp={onHelp} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
