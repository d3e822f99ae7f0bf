import { DropdownMenu as Radix } from "radix-ui";
import type { LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cx } from "./cx";

interface MenuProps {
  trigger: ReactElement;
  children: ReactNode;
  /** For a menu that something else opens too. */
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}

export function Menu({ trigger, children, isOpen, onOpenChange }: MenuProps) {
  return (
    <Radix.Root {...(isOpen !== undefined && { open: isOpen })} {...(onOpenChange && { onOpenChange })}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align="end" sideOffset={6} collisionPadding={8} className="animate-rise z-60 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-xl border border-line bg-raised p-1 text-sm shadow-xl">
          {children}
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
  return (
    <Radix.Item onSelect={onSelect} disabled={isDisabled} className={cx("flex min-h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2.5 outline-none data-disabled:opacity-50 data-highlighted:bg-hover pointer-coarse:min-h-11", isDanger && "text-danger")}>
      <Icon aria-hidden size={16} className="text-muted" />
      <span className="truncate">{children}</span>
    </Radix.Item>
  );
}
