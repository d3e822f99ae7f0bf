import { ArrowDownWideNarrow, Search, Tag, X } from "lucide-react";
import { Suspense, useEffect, useState } from "react";
import { Button } from "@/kit/Button";
import { part } from "@/kit/part";
import { Segments } from "@/kit/Segments";
import { Select } from "@/kit/Select";
import { Slider } from "@/kit/Slider";
import { TextField } from "@/kit/TextField";
import { useLatest } from "@/kit/useLatest";
import { texts } from "@/texts";
import { type LibraryFilters, SORT_NAMES } from "./filters";
import { TILE_SIZES } from "./tileSizes";

const TagFilter = part(() => import("./TagFilter").then((module) => module.TagFilter));

interface FilterBarProps {
  filters: LibraryFilters;
  onChange: (filters: LibraryFilters) => void;
  tileSize: number;
  onTileSize: (size: number) => void;
}

const TYPES = [
  { value: "all", label: texts.library.all },
  { value: "photos", label: texts.library.photos },
  { value: "videos", label: texts.library.videos },
] as const;

const SORTS = SORT_NAMES.map((value) => ({ value, label: texts.library.sorts[value] }));

export function FilterBar({ filters, onChange, tileSize, onTileSize }: FilterBarProps) {
  const [isChoosingTags, setIsChoosingTags] = useState(false);
  const setTags = (tags: string[]) => onChange({ ...filters, tags });
  return (
    <div className="flex flex-wrap items-center gap-2 px-3 pb-1 sm:px-5">
      <FindField text={filters.text} onChange={(text) => onChange({ ...filters, text })} />
      <Segments label={texts.library.type} value={filters.type} options={TYPES} onChange={(type) => onChange({ ...filters, type })} />
      <Select label={texts.library.sort} icon={ArrowDownWideNarrow} value={filters.sort} options={SORTS} onChange={(sort) => onChange({ ...filters, sort })} />
      <Button icon={Tag} aria-label={texts.library.tagFilterTitle} title={texts.library.tagFilterTitle} onClick={() => setIsChoosingTags(true)}><span className="max-sm:hidden">{texts.tags.title}</span></Button>
      {isChoosingTags && <Suspense><TagFilter chosen={filters.tags} onChange={setTags} onClose={() => setIsChoosingTags(false)} /></Suspense>}
      {filters.tags.map((tag) => (
        <button
          key={tag}
          type="button"
          aria-label={texts.library.removeFilter(tag)}
          onClick={() => setTags(filters.tags.filter((other) => other !== tag))}
          className="flex h-9 items-center gap-1.5 rounded-lg bg-accent-soft px-3 text-sm font-medium text-accent-strong hover:bg-hover pointer-coarse:h-11"
        >
          <Tag aria-hidden size={14} />{tag}<X aria-hidden size={14} />
        </button>
      ))}
      <Slider className="ml-auto hidden w-32! lg:block" label={texts.library.tileSize} value={tileSize} min={TILE_SIZES.smallest} max={TILE_SIZES.largest} step={10} onChange={onTileSize} />
    </div>
  );
}

const TYPING_PAUSE_MS = 250;

function FindField({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const [draft, setDraft] = useState(text);
  const [shown, setShown] = useState(text);
  if (text !== shown) {
    setShown(text);
    setDraft(text);
  }
  const latest = useLatest(onChange);
  useEffect(() => {
    if (draft === text) return undefined;
    const timer = setTimeout(() => latest.current(draft), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft, text, latest]);

  return (
    <div className="relative w-full sm:w-72">
      <Search aria-hidden size={16} className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-muted" />
      <TextField type="search" aria-label={texts.library.findLabel} placeholder={texts.library.find} value={draft} onChange={(event) => setDraft(event.target.value)} className="pl-9" />
    </div>
  );
}
