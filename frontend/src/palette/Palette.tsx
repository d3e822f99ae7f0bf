import { Folder, type LucideIcon, MoveRight, Search, Tag, Zap } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { Dialog } from "radix-ui";
import { useNavigate } from "react-router";
import { useQuery } from "urql";
import { MANAGING, SCREENS } from "@/app/screens";
import { useFolders } from "@/folders/documents";
import { cx } from "@/kit/cx";
import { undoLast } from "@/media/undo";
import { TagsQuery } from "@/tags/documents";
import { texts } from "@/texts";
import { type Choice, choicesFor } from "./choices";

const ICONS: Record<string, LucideIcon> = { [texts.palette.screens]: MoveRight, [texts.palette.folders]: Folder, [texts.palette.tags]: Tag, [texts.palette.commands]: Zap };

/** Leads anywhere by a few letters: screens, folders, tags, what can be done; or finds the words in the library. */
export function Palette({ onHelp, onClose }: { onHelp: () => void; onClose: () => void }) {
  const list = useId();
  const [text, setText] = useState("");
  const [wanted, setActive] = useState(0);
  const navigate = useNavigate();
  const { folders } = useFolders();
  const [{ data }] = useQuery({ query: TagsQuery });

  const going = (to: string) => () => void navigate(to);
  const all: Choice[] = [
    ...[...SCREENS, ...MANAGING].map(({ to, label }) => ({ key: to, group: texts.palette.screens, label, run: going(to) })),
    ...(folders ?? []).map(({ id, name }) => ({ key: id, group: texts.palette.folders, label: name, run: going(`/folders/${id}`) })),
    ...(data?.tags ?? []).map(({ id, name }) => ({ key: id, group: texts.palette.tags, label: name, run: going(`/?tag=${encodeURIComponent(name)}`) })),
    { key: "undo", group: texts.palette.commands, label: texts.shortcuts.undo, run: () => void undoLast() },
    { key: "help", group: texts.palette.commands, label: texts.palette.help, run: onHelp },
  ];
  const words = text.trim();
  const choices: Choice[] = [
    ...choicesFor(all, words),
    ...(words ? [{ key: "words", group: texts.library.title, label: texts.palette.findText(words), run: going(`/?q=${encodeURIComponent(words)}`) }] : []),
  ];
  const active = Math.min(wanted, choices.length - 1);

  const choose = (choice: Choice | undefined) => {
    if (!choice) return;
    onClose();
    choice.run();
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setActive((active + 1) % choices.length);
    else if (event.key === "ArrowUp") setActive((active + choices.length - 1) % choices.length);
    else if (event.key === "Enter") choose(choices[active]);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="animate-appear fixed inset-0 z-50 bg-black/45" />
        <Dialog.Content aria-describedby={undefined} className="animate-rise fixed top-[12vh] left-1/2 z-50 flex max-h-[70dvh] w-[min(36rem,calc(100vw-1.5rem))] -translate-x-1/2 flex-col overflow-hidden rounded-2xl border border-line bg-raised shadow-2xl">
          <Dialog.Title className="sr-only">{texts.palette.title}</Dialog.Title>
          <div className="relative border-b border-line">
            <Search aria-hidden size={18} className="pointer-events-none absolute top-1/2 left-4 -translate-y-1/2 text-muted" />
            <input
              role="combobox"
              aria-label={texts.palette.title}
              aria-expanded
              aria-controls={list}
              aria-autocomplete="list"
              aria-activedescendant={`${list} ${active}`}
              autoComplete="off"
              placeholder={texts.palette.placeholder}
              value={text}
              onKeyDown={handleKeyDown}
              onChange={(event) => {
                setText(event.target.value);
                setActive(0);
              }}
              className="h-13 w-full bg-transparent pr-4 pl-11 outline-none placeholder:text-muted"
            />
          </div>
          <div id={list} role="listbox" aria-label={texts.palette.title} tabIndex={-1} className="min-h-0 overflow-y-auto p-1.5">
            {choices.map((choice, index) => {
              const Icon = ICONS[choice.group] ?? Search;
              const isFirst = choice.group !== choices[index - 1]?.group;
              return (
                <div key={choice.key} role="presentation">
                  {isFirst && <p role="presentation" className="px-3 pt-2.5 pb-1 text-xs font-semibold text-muted">{choice.group}</p>}
                  <div
                    id={`${list} ${index}`}
                    role="option"
                    tabIndex={-1}
                    aria-selected={index === active}
                    onPointerMove={() => setActive(index)}
                    onClick={() => choose(choice)}
                    onKeyDown={handleKeyDown}
                    className={cx("flex min-h-10 cursor-pointer items-center gap-3 rounded-lg px-3 text-sm pointer-coarse:min-h-11", index === active && "bg-hover")}
                  >
                    <Icon aria-hidden size={16} className="shrink-0 text-muted" />
                    <span className="truncate">{choice.label}</span>
                  </div>
                </div>
              );
            })}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
