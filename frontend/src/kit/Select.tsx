import { ChevronDown, type LucideIcon } from "lucide-react";

interface SelectProps<Value extends string> {
  label: string;
  icon: LucideIcon;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

/** One of several: the browser's own list, which every phone shows in its own way. Only an icon where it is narrow. */
export function Select<Value extends string>({ label, icon: Icon, value, options, onChange }: SelectProps<Value>) {
  return (
    <span className="relative inline-flex h-9 items-center rounded-lg border border-line bg-raised text-sm font-medium hover:bg-hover pointer-coarse:h-11">
      <Icon aria-hidden size={16} className="pointer-events-none absolute left-3" />
      <select
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value as Value)}
        className="-my-px h-[calc(100%+2px)] cursor-pointer appearance-none rounded-lg bg-transparent pr-8 pl-9 max-sm:w-11 max-sm:pr-0 max-sm:text-transparent"
      >
        {options.map((option) => <option key={option.value} value={option.value} className="bg-raised text-ink">{option.label}</option>)}
      </select>
      <ChevronDown aria-hidden size={14} className="pointer-events-none absolute right-2.5 text-muted max-sm:hidden" />
    </span>
  );
}
