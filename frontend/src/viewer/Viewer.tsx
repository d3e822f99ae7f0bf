import { ChevronLeft, ChevronRight, CircleCheck, Download, FolderPlus, Heart, ImageOff, Info, ScanSearch, Trash2, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useQuery } from "urql";
import { AddToFolderMenu } from "@/folders/AddToFolderMenu";
import { IconButton } from "@/kit/Button";
import { cx } from "@/kit/cx";
import { ErrorMessage, Message } from "@/kit/States";
import { usePersistent } from "@/kit/usePersistent";
import { useMediaActions } from "@/media/actions";
import { saveAs } from "@/media/download";
import { isChosen } from "@/selection/selection";
import { useSelection } from "@/selection/SelectionContext";
import { useShortcuts } from "@/shortcuts/useShortcuts";
import { texts } from "@/texts";
import { ViewerQuery } from "./documents";
import { Filmstrip } from "./Filmstrip";
import { InfoPanel } from "./InfoPanel";
import { Stage } from "./Stage";
import { useViewerSteps } from "./useViewerSteps";

const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";

interface ViewerProps {
  id: string;
  onClose: () => void;
  onReturnFocus: (event: Event) => void;
}

export function Viewer({ id, onClose, onReturnFocus }: ViewerProps) {
  const [{ data, error, fetching }, read] = useQuery({ query: ViewerQuery, variables: { id } });
  const found = data?.mediaItem;
  const details = found?.id === id ? found : undefined;
  const { sequence, open, tile, position, previous, next } = useViewerSteps(id, details?.originalDate);
  const media = details ?? tile;
  const [hasPanel, setHasPanel] = usePersistent("viewerDetails", matchMedia("(min-width: 64rem)").matches, isBoolean);
  /** The item that a tag is to be written for. */
  const [tagged, setTagged] = useState<string>();
  const [isFolderMenuOpen, setIsFolderMenuOpen] = useState(false);
  const { setFavorite, trash, addToFolder } = useMediaActions();
  const { selection, dispatch } = useSelection();
  const navigate = useNavigate();
  const list = sequence?.name ?? "";
  const isSelected = isChosen(selection, id, list);

  const toggleFavorite = () => media && void setFavorite([media.id], !media.isFavorite);
  const toggleSelected = () => dispatch({ type: "toggle", id, index: position?.index ?? 0, list });
  const togglePanel = () => {
    setTagged(undefined);
    setHasPanel(!hasPanel);
  };
  const findSimilar = () => void navigate(`/search?source=${id}`);
  const toTrash = () => {
    // On to the next before the server has answered; what fails is told, and is in the list again.
    void trash([id]);
    const step = next ?? previous;
    if (step) step();
    else onClose();
  };
  const download = () => details && saveAs(details.originalUrl, details.originalFilename);
  useShortcuts({
    ...(previous && { previous }),
    ...(next && { next }),
    favorite: toggleFavorite,
    info: togglePanel,
    similar: findSimilar,
    download,
    trash: toTrash,
    selectOpen: toggleSelected,
    addToFolder: () => setIsFolderMenuOpen(true),
    // Once the panel is there, its field has the key.
    ...(!(hasPanel && details) && {
      tag: () => {
        setHasPanel(true);
        setTagged(id);
      },
    }),
  });

  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          // The viewer itself: a ring around the first button says nothing to who has just opened a photo.
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
          }}
          onCloseAutoFocus={onReturnFocus}
          onInteractOutside={(event) => event.preventDefault()}
          onEscapeKeyDown={(event) => {
            // The first Escape closes what is open in the panel, not the viewer behind it.
            if (event.target instanceof Element && event.target.matches("[aria-expanded=true], [data-takes-escape]")) event.preventDefault();
          }}
          className="animate-appear fixed inset-0 z-40 flex flex-col bg-[#0b0b0e] text-white outline-none lg:flex-row"
        >
          <Dialog.Title className="sr-only">{media ? `${texts.viewer.label}: ${media.originalFilename}` : texts.viewer.label}</Dialog.Title>
          <div data-theme="dark" className="relative flex min-h-0 min-w-0 flex-1 flex-col">
            <div className="z-10 flex items-center gap-1 px-2 pt-[max(0.5rem,env(safe-area-inset-top))] pb-1">
              <IconButton tone="onDark" icon={X} label={texts.close} onClick={onClose} />
              {position && <span className="px-1 text-sm text-white/75 tabular-nums max-sm:hidden">{texts.viewer.position(position.index + 1, position.total)}</span>}
              {media && <div className="ml-auto flex items-center gap-0.5">
                <IconButton tone="onDark" icon={Heart} label={media.isFavorite ? texts.viewer.unfavorite : texts.viewer.favorite} isFilled={media.isFavorite} aria-pressed={media.isFavorite} onClick={toggleFavorite} />
                <IconButton tone="onDark" icon={ScanSearch} label={texts.viewer.similar} onClick={findSimilar} />
                <IconButton tone="onDark" icon={Download} label={texts.viewer.download} disabled={!details} onClick={download} />
                <IconButton tone="onDark" icon={CircleCheck} label={isSelected ? texts.selection.deselect : texts.selection.select} aria-pressed={isSelected} onClick={toggleSelected} className={cx("max-sm:hidden", isSelected && "bg-accent! text-on-accent!")} />
                <div className="max-sm:hidden"><AddToFolderMenu isOpen={isFolderMenuOpen} onOpenChange={setIsFolderMenuOpen} onPick={(folder) => void addToFolder(folder, [id])} trigger={<IconButton tone="onDark" icon={FolderPlus} label={texts.viewer.addToFolder} />} /></div>
                <IconButton tone="onDark" icon={Trash2} label={texts.viewer.trash} onClick={toTrash} />
                <IconButton tone="onDark" icon={Info} label={texts.viewer.info} aria-pressed={hasPanel} onClick={togglePanel} className={cx(hasPanel && "bg-white/15")} />
              </div>}
            </div>
            <div className="@container-size relative min-h-0 flex-1">
              {media && <Stage key={media.id} media={media} details={details} onPrevious={() => previous?.()} onNext={() => next?.()} onClose={onClose} />}
              {!media && error && <ErrorMessage title={texts.viewer.failed} error={error} onRetry={() => read({ requestPolicy: "network-only" })} />}
              {!media && !error && !fetching && <Message icon={ImageOff} title={texts.viewer.missing} hint={texts.viewer.missingHint} />}
              <StepButton side="left" label={texts.viewer.previous} onClick={previous} />
              <StepButton side="right" label={texts.viewer.next} onClick={next} />
            </div>
            {sequence && position && position.total > 1 && <Filmstrip sequence={sequence} index={position.index} onOpen={open} />}
          </div>
          {hasPanel && media && (
            <aside aria-label={texts.viewer.info} className="h-[45dvh] shrink-0 overflow-y-auto rounded-t-2xl border-line bg-page text-ink lg:h-auto lg:w-88 lg:rounded-none lg:border-l">
              {details && <InfoPanel key={details.id} media={details} isTagging={tagged === details.id} />}
            </aside>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function StepButton({ side, label, onClick }: { side: "left" | "right"; label: string; onClick: (() => void) | undefined }) {
  if (!onClick) return null;
  return (
    <IconButton
      tone="onDark"
      icon={side === "left" ? ChevronLeft : ChevronRight}
      label={label}
      onClick={onClick}
      className={cx("absolute top-1/2 size-12! -translate-y-1/2 rounded-full! bg-black/45 pointer-coarse:hidden", side === "left" ? "left-3" : "right-3")}
    />
  );
}
