import { Check, ListChecks, X } from "lucide-react";
import { useState } from "react";
import { useClient, useQuery } from "urql";
import { Button } from "@/kit/Button";
import { libraryChanges } from "@/live/changes";
import { succeeded } from "@/graphql/errors";
import { describeMedia } from "@/media/description";
import { formatPercent } from "@/media/format";
import { useShortcuts } from "@/shortcuts/useShortcuts";
import { texts } from "@/texts";
import { useOpenMedia } from "@/viewer/useOpenMedia";
import { FEW, unanswered } from "./review";
import { ReviewQueueQuery, ReviewTagMutation, type Suggestion } from "./tagDocuments";

const READ = 12;
const NEVER: ReadonlySet<string> = new Set();

/** One question at a time, those first whose answer teaches most; y and n answer. */
export function ReviewPanel({ id, name }: { id: string; name: string }) {
  const client = useClient();
  const [{ data, fetching }, read] = useQuery({ query: ReviewQueueQuery, variables: { name, first: READ }, requestPolicy: "network-only" });
  const [answered, setAnswered] = useState(NEVER);
  const queue = unanswered(data?.tag?.reviewQueue ?? [], answered);
  const asked = queue[0];

  const answer = async (fits: boolean) => {
    if (!asked) return;
    const item = asked.media.id;
    setAnswered((before) => new Set([...before, item]));
    const { error } = await client.mutation(ReviewTagMutation, { id, ...(fits ? { confirm: [item] } : { reject: [item] }) });
    if (error) {
      setAnswered((before) => new Set([...before].filter((other) => other !== item)));
      succeeded(error);
      return;
    }
    libraryChanges.emit("items");
    if (queue.length <= FEW) read({ requestPolicy: "network-only" });
  };
  useShortcuts({ confirm: () => void answer(true), reject: () => void answer(false) }, { isEnabled: asked !== undefined });

  return (
    <section aria-label={texts.tag.review} className="rounded-2xl border border-line bg-raised p-4 sm:p-5">
      <header className="mb-3 flex items-baseline justify-between gap-3">
        <h2 className="text-base font-semibold tracking-tight">{asked ? texts.tag.reviewQuestion(name) : texts.tag.review}</h2>
        <p role="status" className="text-sm text-muted tabular-nums">{answered.size > 0 && texts.tag.answered(answered.size)}</p>
      </header>
      {asked && <Question key={asked.media.id} suggestion={asked} onAnswer={(fits) => void answer(fits)} />}
      {!asked && !fetching && (
        <div className="flex items-center gap-3 py-4 text-muted">
          <ListChecks aria-hidden size={22} />
          <p><span className="block font-medium text-ink">{texts.tag.reviewDone}</span>{texts.tag.reviewDoneHint}</p>
        </div>
      )}
      {/* Ready before they are asked about. */}
      {queue.slice(1, 3).map(({ media }) => <img key={media.id} src={media.smallUrl} alt="" hidden />)}
    </section>
  );
}

function Question({ suggestion, onAnswer }: { suggestion: Suggestion; onAnswer: (fits: boolean) => void }) {
  const { media, confidence, because } = suggestion;
  const openMedia = useOpenMedia();
  return (
    <div className="flex flex-col gap-4 sm:flex-row sm:items-stretch">
      <button type="button" onClick={() => openMedia(media.id)} aria-label={`${media.originalFilename}, ${describeMedia(media)}`} className="h-64 overflow-hidden rounded-xl bg-sunken sm:h-72 sm:flex-1">
        <img src={media.smallUrl} alt="" className="animate-appear h-full w-full object-contain" />
      </button>
      <div className="flex flex-col gap-3 sm:w-64">
        <div>
          <p className="text-2xl font-semibold tracking-tight tabular-nums">{texts.tag.confidence(formatPercent(confidence * 100))}</p>
          <p className="truncate text-sm text-muted">{media.originalFilename}</p>
        </div>
        {because.length > 0 && (
          <div>
            <p className="mb-1.5 text-xs font-semibold text-muted">{texts.tag.because}</p>
            <ul className="flex gap-1.5">{because.slice(0, 4).map((example) => <li key={example.id}><img src={example.squareUrl} alt={example.originalFilename} className="size-14 rounded-lg object-cover" /></li>)}</ul>
          </div>
        )}
        <div className="mt-auto flex gap-2">
          <Button icon={X} className="flex-1" onClick={() => onAnswer(false)}>{texts.tag.no} <Key name="N" /></Button>
          <Button tone="primary" icon={Check} className="flex-1" onClick={() => onAnswer(true)}>{texts.tag.yes} <Key name="Y" /></Button>
        </div>
      </div>
    </div>
  );
}

const Key = ({ name }: { name: string }) => <kbd aria-hidden className="rounded border border-current/40 px-1 font-sans text-xs pointer-coarse:hidden">{name}</kbd>;
