import { DropdownMenu as Radix } from "radix-ui";
import type { LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cx } from "./cx";

export function Menu({ trigger, children }: { trigger: ReactElement; children: ReactNode }) {
  return (
    <Radix.Root>
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
  children: ReactNode;
}

export function MenuItem({ icon: Icon, onSelect, isDanger, children }: MenuItemProps) {
  return (
    <Radix.Item onSelect={onSelect} className={cx("flex min-h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2.5 outline-none data-highlighted:bg-hover pointer-coarse:min-h-11", isDanger && "text-danger")}>
      <Icon aria-hidden size={16} className="text-muted" />
      <span className="truncate">{children}</span>
    </Radix.Item>
  );
}
