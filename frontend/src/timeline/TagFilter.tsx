import { useDeferredValue, useState } from "react";
import { useQuery } from "urql";
import { Button } from "@/kit/Button";
import { Dialog } from "@/kit/Dialog";
import { TextField } from "@/kit/TextField";
import { formatNumber } from "@/media/format";
import { TagsQuery } from "@/tags/documents";
import { texts } from "@/texts";

interface TagFilterProps {
  chosen: readonly string[];
  onChange: (tags: string[]) => void;
  onClose: () => void;
}

/** Which tags an item must have, all of them. Mounted only while it asks. */
export function TagFilter({ chosen, onChange, onClose }: TagFilterProps) {
  const [{ data }] = useQuery({ query: TagsQuery });
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const shown = data?.tags.filter(({ name }) => name.toLowerCase().includes(wanted)) ?? [];
  return (
    <Dialog title={texts.library.tagFilterTitle} isOpen onClose={onClose}>
      <TextField type="search" aria-label={texts.library.findTag} placeholder={texts.library.findTag} value={text} onChange={(event) => setText(event.target.value)} />
      <ul className="mt-2 h-72 overflow-y-auto">
        {shown.map(({ id, name, manualCount, autoCount }) => (
          <li key={id}>
            <label className="flex min-h-9 cursor-pointer items-center gap-3 rounded-lg px-2 hover:bg-hover pointer-coarse:min-h-11">
              <input type="checkbox" checked={chosen.includes(name)} onChange={({ target }) => onChange(target.checked ? [...chosen, name] : chosen.filter((other) => other !== name))} className="size-4 shrink-0 accent-(--accent)" />
              <span className="truncate">{name}</span>
              <span className="ml-auto text-sm text-muted tabular-nums">{formatNumber(manualCount + autoCount)}</span>
            </label>
          </li>
        ))}
        {data && shown.length === 0 && <li className="px-2 py-3 text-muted">{texts.palette.nothing}</li>}
      </ul>
      <div className="mt-3 flex justify-end"><Button onClick={onClose}>{texts.folders.done}</Button></div>
    </Dialog>
  );
}
