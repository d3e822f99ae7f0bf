import { Dialog } from "@/kit/Dialog";
import { texts } from "@/texts";
import { keyName, SHORTCUTS } from "./shortcuts";

const groups = Object.entries(texts.shortcuts.groups);

export function ShortcutSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title={texts.shortcuts.title} isOpen={isOpen} onClose={onClose} isWide>
      <div className="gap-x-10 md:columns-2">
        {groups.map(([group, title]) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1.5 text-sm font-semibold text-muted">{title}</h3>
            <dl className="text-sm">
              {Object.values(SHORTCUTS).filter((shortcut) => shortcut.group === group).map(({ label, keys }) => (
                <div key={label} className="flex items-center justify-between border-b border-line py-1.5 last:border-0">
                  <dt>{label}</dt>
                  <dd className="flex gap-1">
                    {keys.map((key) => <kbd key={key} className="rounded-md border border-line bg-sunken px-1.5 py-0.5 font-sans text-xs">{keyName(key)}</kbd>)}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
