import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { texts } from "@/texts";
import { IconButton } from "./Button";
import { cx } from "./cx";

interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  isWide?: boolean;
  children: ReactNode;
}

export function Dialog({ title, isOpen, onClose, isWide, children }: DialogProps) {
  const opener = useRef<Element>(null);
  const remember = () => {
    opener.current = document.activeElement;
  };
  const giveBack = () => {
    // Unless what was done here has put the focus elsewhere.
    if (document.activeElement === document.body && opener.current instanceof HTMLElement) opener.current.focus();
  };
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="animate-appear fixed inset-0 z-50 bg-black/45" />
        <Radix.Content aria-describedby={undefined} onOpenAutoFocus={remember} onCloseAutoFocus={giveBack} className={cx("animate-rise fixed top-1/2 left-1/2 z-50 max-h-[85dvh] -translate-1/2 overflow-y-auto rounded-2xl border border-line bg-raised p-5 shadow-2xl", isWide ? "w-[min(56rem,calc(100vw-2rem))]" : "w-[min(28rem,calc(100vw-2rem))]")}>
          <Radix.Title className="mb-4 pr-10 text-lg leading-9 font-semibold tracking-tight">{title}</Radix.Title>
          {children}
          {/* Last, so that focus starts with what the dialog is for. */}
          <Radix.Close asChild><IconButton icon={X} label={texts.close} className="absolute top-5 right-4" /></Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
