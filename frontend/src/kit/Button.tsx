import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { cx } from "./cx";

type Tone = "primary" | "plain" | "quiet" | "onDark";

const TONES: Record<Tone, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  plain: "border border-line bg-raised hover:bg-hover",
  quiet: "text-muted hover:bg-hover hover:text-ink",
  onDark: "text-white/85 hover:bg-white/15 hover:text-white focus-visible:outline-white",
};

const BASE = "inline-flex max-w-full shrink-0 items-center justify-center rounded-lg font-medium transition-colors duration-150 disabled:opacity-50";

interface ButtonProps extends ComponentProps<"button"> {
  tone?: Tone;
  icon?: LucideIcon;
}

export function Button({ tone = "plain", icon: Icon, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} className={cx(BASE, "min-h-9 gap-2 px-3.5 text-sm pointer-coarse:min-h-11", TONES[tone], className)}>
      {Icon && <Icon aria-hidden size={16} className="shrink-0" />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<"button">, "children"> {
  tone?: Tone;
  icon: LucideIcon;
  label: string;
  isFilled?: boolean;
}

export function IconButton({ tone = "quiet", icon: Icon, label, isFilled, className, ...rest }: IconButtonProps) {
  return (
    <button type="button" aria-label={label} title={label} {...rest} className={cx(BASE, "size-9 pointer-coarse:size-11", TONES[tone], className)}>
      <Icon aria-hidden size={19} className={cx(isFilled && "fill-current")} />
    </button>
  );
}
