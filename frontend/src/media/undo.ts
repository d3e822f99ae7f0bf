import { toast } from "sonner";
import { texts } from "@/texts";

const SHOWN_MS = 8000;
const REMEMBERED = 20;

interface Step {
  toast: number | string;
  undo: () => Promise<void>;
}

/** What can be taken back, newest last: by the toast while it is there, by Ctrl+Z also later. */
const steps: Step[] = [];

export function offerUndo(message: string, undo: () => Promise<void>): void {
  const step: Step = { undo, toast: "" };
  step.toast = toast(message, { duration: SHOWN_MS, action: { label: texts.undo, onClick: () => take(step) } });
  steps.push(step);
  if (steps.length > REMEMBERED) steps.shift();
}

let running: Promise<unknown> = Promise.resolve();

/** Ctrl+Z means what was done last, also while the server has not answered yet. */
export function undoable<Done>(action: Promise<Done>): Promise<Done> {
  running = Promise.allSettled([running, action]);
  return action;
}

export async function undoLast(): Promise<void> {
  await running;
  const step = steps.at(-1);
  if (step) take(step);
  else toast(texts.actions.nothingToUndo);
}

function take(step: Step): void {
  const place = steps.indexOf(step);
  if (place < 0) return;
  steps.splice(place, 1);
  toast.dismiss(step.toast);
  void step.undo();
}
