import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from "react";
import { useQuery } from "urql";
import { graphql } from "@/graphql/graphql";
import { cx } from "@/kit/cx";
import { TextField } from "@/kit/TextField";
import { useShortcuts } from "@/shortcuts/useShortcuts";
import { texts } from "@/texts";
import { optionsFor } from "./options";

const TagNamesQuery = graphql(`
  query TagNames($text: String) {
    tags(text: $text) {
      id
      name
      manualCount
    }
  }
`);

interface TagFieldProps {
  taken: readonly string[];
  onAdd: (name: string) => void;
  /** Takes the focus when it appears. */
  isFocused?: boolean;
  /** Only a tag that there is. */
  isKnown?: boolean;
}

/** A tag's name with suggestions; a name that is not known becomes a tag. */
export function TagField({ taken, onAdd, isFocused = false, isKnown = false }: TagFieldProps) {
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(0);
  const wanted = useDeferredValue(text.trim());
  const [{ data }] = useQuery({ query: TagNamesQuery, variables: { text: wanted || null }, pause: !isOpen });
  const options = optionsFor(data?.tags.map(({ name }) => name) ?? [], text, taken).filter(({ isNew }) => !(isNew && isKnown));
  const isShown = isOpen && options.length > 0;
  useShortcuts({ tag: () => field.current?.focus() });

  useEffect(() => {
    if (isFocused) field.current?.focus();
  }, [isFocused]);

  const choose = (name: string) => {
    onAdd(name);
    setText("");
    setActive(0);
  };

  const handleKeyDown = (event: KeyboardEvent) => {
    const chosen = options[active];
    if (event.key === "ArrowDown") setActive(Math.min(active + 1, options.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(active - 1, 0));
    else if (event.key === "Enter" && chosen) choose(chosen.name);
    else if (event.key === "Escape" && isShown) setIsOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="relative">
      <TextField
        ref={field}
        role="combobox"
        aria-label={texts.tags.addLabel}
        aria-expanded={isShown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={isShown ? `${list} ${active}` : undefined}
        autoComplete="off"
        placeholder={texts.tags.add}
        maxLength={100}
        value={text}
        onFocus={() => setIsOpen(true)}
        onBlur={() => setIsOpen(false)}
        onKeyDown={handleKeyDown}
        onChange={(event) => {
          setText(event.target.value);
          setIsOpen(true);
          setActive(0);
        }}
      />
      <div id={list} role="listbox" aria-label={texts.tags.title} hidden={!isShown} className="absolute inset-x-0 top-full z-20 mt-1 max-h-56 overflow-y-auto rounded-xl border border-line bg-raised p-1 shadow-xl">
        {options.map(({ name, isNew }, index) => (
          <div
            key={name}
            id={`${list} ${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            // Before the field loses focus, which closes the list.
            onPointerDown={(event) => {
              event.preventDefault();
              choose(name);
            }}
            className={cx("cursor-pointer truncate rounded-lg px-2.5 py-1.5 text-sm pointer-coarse:py-3", index === active && "bg-hover")}
          >
            {isNew ? texts.tags.create(name) : name}
          </div>
        ))}
      </div>
    </div>
  );
}
