import type { SyntheticEvent } from "react";
import { cx } from "./cx";

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
  const commit = ({ currentTarget }: SyntheticEvent<HTMLInputElement>) => onCommit?.(currentTarget.valueAsNumber);
  return (
    <input
      type="range"
      aria-label={label}
      aria-valuenow={value}
      aria-valuetext={valueText}
      value={value}
      min={min}
      max={max}
      step={step}
      onChange={(event) => onChange(event.target.valueAsNumber)}
      onPointerUp={commit}
      onKeyUp={commit}
      className={cx("h-9 w-full cursor-pointer accent-accent pointer-coarse:h-11", className)}
    />
  );
}
