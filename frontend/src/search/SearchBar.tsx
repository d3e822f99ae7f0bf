import { ImageIcon } from "lucide-react";
import { useState } from "react";
import { Slider } from "@/kit/Slider";
import { formatPercent } from "@/media/format";
import type { TileMedia } from "@/media/tileMedia";
import { texts } from "@/texts";
import { useOpenMedia } from "@/viewer/useOpenMedia";
import { LOWEST } from "./address";
import { droppedPicture } from "./droppedPictures";
import { WordsField } from "./WordsField";

interface SearchBarProps {
  source: string | undefined;
  text: string | undefined;
  item: TileMedia | undefined;
  minimum: number;
  onMinimum: (minimum: number) => void;
  onWords: (text: string) => void;
  found: number | undefined;
  isSearching: boolean;
}

export function SearchBar({ source, text, item, minimum, onMinimum, onWords, found, isSearching }: SearchBarProps) {
  const [draft, setDraft] = useState(minimum);
  const [shown, setShown] = useState(minimum);
  if (minimum !== shown) {
    setShown(minimum);
    setDraft(minimum);
  }
  return (
    <div className="mx-3 mb-4 flex flex-wrap items-center gap-x-6 gap-y-3 rounded-2xl border border-line bg-raised p-3 sm:mx-5">
      {source === undefined ? <WordsField key={text} text={text} onSearch={onWords} /> : (
        <>
          <Reference source={source} item={item} />
          <div className="min-w-52 flex-1 sm:max-w-sm">
            <p className="flex justify-between text-sm"><span className="text-muted">{texts.search.minimum}</span><span className="font-semibold tabular-nums">{formatPercent(draft)}</span></p>
            <Slider label={texts.search.minimum} value={draft} min={LOWEST} max={100} onChange={setDraft} onCommit={onMinimum} valueText={formatPercent(draft)} />
          </div>
        </>
      )}
      <p role="status" className="text-sm text-muted tabular-nums">{isSearching || found === undefined ? texts.search.searching : texts.search.found(found)}</p>
    </div>
  );
}

const FRAME = "size-20 shrink-0 rounded-xl object-cover";

function Reference({ source, item }: { source: string; item: TileMedia | undefined }) {
  const openMedia = useOpenMedia();
  const dropped = droppedPicture(source);
  if (item) {
    return (
      <button type="button" onClick={() => openMedia(item.id)} className="flex items-center gap-3 rounded-xl text-left">
        <img src={item.smallUrl} alt={texts.search.reference} className={FRAME} />
        <span className="max-w-40 truncate sm:max-w-72 text-sm font-medium">{item.originalFilename}</span>
      </button>
    );
  }
  return (
    <span className="flex items-center gap-3">
      {dropped ? <img src={dropped} alt={texts.search.reference} className={FRAME} /> : <span className={`${FRAME} grid place-items-center bg-sunken text-muted`}><ImageIcon aria-hidden size={26} /></span>}
      <span className="text-sm font-medium">{texts.search.referenceDropped}</span>
    </span>
  );
}
