import { cx } from "./cx";

interface SegmentsProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

/** One of a few, all of them visible. */
export function Segments<Value extends string>({ label, value, options, onChange }: SegmentsProps<Value>) {
  return (
    <fieldset className="flex shrink-0 rounded-lg bg-sunken p-0.5 text-sm">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={cx(
            "flex h-8 cursor-pointer items-center rounded-md px-3 font-medium transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:h-10",
            option.value === value ? "forced-chosen bg-raised text-ink shadow-sm" : "text-muted hover:text-ink",
          )}
        >
          <input type="radio" name={label} className="sr-only" checked={option.value === value} onChange={() => onChange(option.value)} />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
