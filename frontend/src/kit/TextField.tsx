import type { ComponentProps } from "react";
import { cx } from "./cx";

/** Needs a label: `aria-label`, or an `id` that a label names. */
export function TextField({ className, ...rest }: ComponentProps<"input">) {
  return (
    <input
      {...rest}
      className={cx("h-9 w-full rounded-lg border border-line bg-raised px-3 text-sm placeholder:text-muted focus-visible:border-accent focus-visible:outline-offset-0 pointer-coarse:h-11 pointer-coarse:text-base", className)}
    />
  );
}
