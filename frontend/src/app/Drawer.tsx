import { Dialog } from "radix-ui";
import { texts } from "@/texts";
import { Sidebar } from "./Sidebar";

interface DrawerProps {
  onHelp: () => void;
  onClose: () => void;
  /** To what opened it. */
  onReturnFocus: () => void;
}

/** The sidebar where there is no room beside the screen. */
export function Drawer({ onHelp, onClose, onReturnFocus }: DrawerProps) {
  const returnFocus = (event: Event) => {
    event.preventDefault();
    onReturnFocus();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="animate-appear fixed inset-0 z-40 bg-black/45" />
        <Dialog.Content aria-describedby={undefined} onCloseAutoFocus={returnFocus} className="animate-appear fixed inset-y-0 left-0 z-50 w-72 max-w-[85vw] bg-page pt-[env(safe-area-inset-top)] pb-[env(safe-area-inset-bottom)] pl-[env(safe-area-inset-left)] shadow-2xl">
          <Dialog.Title className="sr-only">{texts.navigation.label}</Dialog.Title>
          <Sidebar onHelp={onHelp} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
