import { useState } from "react";
import { Button } from "@/kit/Button";
import { Dialog } from "@/kit/Dialog";
import { Segments } from "@/kit/Segments";
import { TagField } from "@/tags/TagField";
import { texts } from "@/texts";

const CHANGES = [
  { value: "add", label: texts.selection.addTag },
  { value: "remove", label: texts.selection.removeTag },
] as const;

/** Gives a tag to all that is chosen, or takes it off. Mounted only while it asks. */
export function TagDialog({ onChange, onClose }: { onChange: (change: { add?: string[]; remove?: string[] }) => void; onClose: () => void }) {
  const [change, setChange] = useState<"add" | "remove">("add");
  return (
    <Dialog title={texts.selection.tag} isOpen onClose={onClose}>
      <div className="min-h-72 space-y-3">
        <div className="flex"><Segments label={texts.selection.tagChange} value={change} options={CHANGES} onChange={setChange} /></div>
        <TagField
          taken={[]}
          isKnown={change === "remove"}
          isFocused
          onAdd={(name) => {
            onClose();
            onChange({ [change]: [name] });
          }}
        />
      </div>
      <div className="flex justify-end"><Button onClick={onClose}>{texts.cancel}</Button></div>
    </Dialog>
  );
}
