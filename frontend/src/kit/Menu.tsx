import { DropdownMenu as Radix } from "radix-ui";
import type { LucideIcon } from "lucide-react";
import { createContext, type ReactElement, type ReactNode, use, useCallback, useRef } from "react";
import { cx } from "./cx";

/**
 * Puts an action off until the menu has closed and its trigger has the focus again: a dialog that it opens takes the
 * focus from there, keeps it, and gives it back.
 */
const Later = createContext((action: () => void) => action());

interface MenuProps {
  trigger: ReactElement;
  children: ReactNode;
  /** For a menu that something else opens too. */
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}

export function Menu({ trigger, children, isOpen, onOpenChange }: MenuProps) {
  const chosen = useRef<() => void>(undefined);
  const begin = () => {
    const action = chosen.current;
    chosen.current = undefined;
    // Behind what Radix does with the focus.
    if (action) queueMicrotask(action);
  };
  const later = useCallback((action: () => void) => {
    chosen.current = action;
  }, []);
  return (
    <Radix.Root {...(isOpen !== undefined && { open: isOpen })} {...(onOpenChange && { onOpenChange })}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content onCloseAutoFocus={begin} align="end" sideOffset={6} collisionPadding={8} className="animate-rise z-60 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-xl border border-line bg-raised p-1 text-sm shadow-xl">
          <Later value={later}>{children}</Later>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface MenuItemProps {
  icon: LucideIcon;
  onSelect: () => void;
  isDanger?: boolean;
  isDisabled?: boolean;
  children: ReactNode;
}

export function MenuItem({ icon: Icon, onSelect, isDanger, isDisabled, children }: MenuItemProps) {
  const later = use(Later);
  return (
    <Radix.Item onSelect={() => later(onSelect)} disabled={isDisabled} className={cx("flex min-h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2.5 outline-none data-disabled:opacity-50 data-highlighted:bg-hover pointer-coarse:min-h-11", isDanger && "text-danger")}>
      <Icon aria-hidden size={16} className="text-muted" />
      <span className="truncate">{children}</span>
    </Radix.Item>
  );
}
