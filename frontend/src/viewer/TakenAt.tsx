import { Pencil } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button, IconButton } from "@/kit/Button";
import { TextField } from "@/kit/TextField";
import { useMediaActions } from "@/media/actions";
import { formatDateTime } from "@/media/format";
import { texts } from "@/texts";
import { clockOf, momentOf } from "./clock";

/** When it was taken, and a way to put that right: cameras forget the date, scans never knew it. */
export function TakenAt({ id, originalDate }: { id: string; originalDate: string }) {
  const [draft, setDraft] = useState<string>();
  const { setOriginalDate } = useMediaActions();
  if (draft === undefined) {
    return (
      <p className="mt-1 flex items-center gap-1 text-muted">
        {formatDateTime(originalDate)}
        <IconButton icon={Pencil} label={texts.viewer.changeDate} onClick={() => setDraft(clockOf(originalDate))} className="-my-2 shrink-0 [&_svg]:size-3.5" />
      </p>
    );
  }
  const save = (event: FormEvent) => {
    event.preventDefault();
    setDraft(undefined);
    const moment = momentOf(draft);
    if (moment && draft !== clockOf(originalDate)) void setOriginalDate({ id, originalDate }, moment);
  };
  return (
    <form className="mt-2 flex flex-wrap gap-2" onSubmit={save}>
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- it was asked for a moment ago, by a button that is gone */}
      <TextField autoFocus type="datetime-local" step={1} required aria-label={texts.viewer.taken} value={draft} onChange={(event) => setDraft(event.target.value)} data-takes-escape onKeyDown={({ key }) => key === "Escape" && setDraft(undefined)} className="min-w-52 flex-1" />
      <Button type="submit" tone="primary">{texts.save}</Button>
      <Button onClick={() => setDraft(undefined)}>{texts.cancel}</Button>
    </form>
  );
}
