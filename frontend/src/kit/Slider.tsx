import { Slider as Radix } from "radix-ui";

interface SliderProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  onChange: (value: number) => void;
  /** On letting go, for what is too costly to do at each step. */
  onCommit?: (value: number) => void;
  valueText?: string;
  className?: string;
}

export function Slider({ label, value, min, max, step = 1, onChange, onCommit, valueText, className }: SliderProps) {
  return (
    <Radix.Root
      value={[value]}
      min={min}
      max={max}
      step={step}
      onValueChange={([next]) => next !== undefined && onChange(next)}
      onValueCommit={([next]) => next !== undefined && onCommit?.(next)}
      className={`relative flex h-9 touch-none items-center select-none ${className ?? ""}`}
    >
      <Radix.Track className="relative h-1.5 grow overflow-hidden rounded-full bg-hover">
        <Radix.Range className="absolute h-full bg-accent" />
      </Radix.Track>
      <Radix.Thumb aria-label={label} aria-valuetext={valueText} className="block size-4.5 rounded-full border-2 border-accent bg-raised shadow-sm transition-transform hover:scale-110" />
    </Radix.Root>
  );
}
