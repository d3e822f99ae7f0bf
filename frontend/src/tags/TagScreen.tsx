import { GraduationCap, Images, Tag as TagIcon } from "lucide-react";
import { type ReactNode, useCallback, useMemo, useSyncExternalStore } from "react";
import { useNavigate, useParams } from "react-router";
import { useQuery } from "urql";
import { Screen } from "@/app/Screen";
import { Button } from "@/kit/Button";
import { ErrorMessage, Message } from "@/kit/States";
import { formatMoment, formatPercent } from "@/media/format";
import { texts } from "@/texts";
import { MediaGrid } from "@/timeline/MediaGrid";
import { useTimelineSource } from "@/timeline/useTimelineSource";
import { ReviewPanel } from "./ReviewPanel";
import { type TagDetails, TagQuery } from "./tagDocuments";
import { TagMenu } from "./TagMenu";
import { useLearnTag } from "./useLearnTag";

export function TagScreen() {
  const { name = "" } = useParams();
  const [{ data, error }, read] = useQuery({ query: TagQuery, variables: { name }, requestPolicy: "cache-and-network" });
  const navigate = useNavigate();
  const tag = data?.tag;
  if (!tag) {
    return (
      <Screen title={data ? texts.notFound.page : name}>
        {data && <Message icon={TagIcon} title={texts.tag.missing} hint={texts.tag.missingHint}><Button onClick={() => void navigate("/tags")}>{texts.tag.toTags}</Button></Message>}
        {!data && error && <ErrorMessage title={texts.tag.failed} error={error} onRetry={() => read({ requestPolicy: "network-only" })} />}
      </Screen>
    );
  }
  return <KnownTag key={tag.id} tag={tag} />;
}

function KnownTag({ tag }: { tag: TagDetails }) {
  const { id, name, model } = tag;
  const { isLearning, learn } = useLearnTag(name);
  const navigate = useNavigate();
  const isLearnMain = !model || model.isStale;
  return (
    <Screen
      title={name}
      count={tag.manualCount + tag.autoCount}
      actions={
        <>
          <Button icon={Images} aria-label={texts.tag.showAll} title={texts.tag.showAll} onClick={() => void navigate(`/?tag=${encodeURIComponent(name)}`)}><span className="max-sm:hidden">{texts.tag.showAll}</span></Button>
          <Button tone={isLearnMain ? "primary" : "plain"} icon={GraduationCap} disabled={isLearning} onClick={learn}><span className="max-[22.5rem]:sr-only">{isLearning ? texts.tags.learning : texts.tags.learn}</span></Button>
          <TagMenu id={id} name={name} />
        </>
      }
    >
      <AutomaticItems tag={tag}>
        <Facts tag={tag} />
        {model && <ReviewPanel key={id} id={id} name={name} />}
      </AutomaticItems>
    </Screen>
  );
}

const share = (value: number | null, words: (percent: string) => string): string => (value === null ? texts.tag.unknown : words(formatPercent(value * 100)));

function Facts({ tag: { manualCount, autoCount, model } }: { tag: TagDetails }) {
  const counts = [texts.tags.manual(manualCount), texts.tags.auto(autoCount), model?.isStale && texts.tags.stale].filter(Boolean).join(" · ");
  if (!model) return <p className="text-sm text-muted">{counts}<span className="mt-1 block">{texts.tag.notLearned}</span></p>;
  const facts: [string, string][] = [
    [texts.tag.precision, share(model.precision, texts.tag.ofTagged)],
    [texts.tag.recall, share(model.recall, texts.tag.ofAll)],
    [texts.tag.examples, texts.tag.exampleCounts(model.positives, model.negatives)],
    [texts.tag.trained, formatMoment(model.trainedAt)],
  ];
  return (
    <div>
      <p className="mb-3 text-sm text-muted tabular-nums">{counts}</p>
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {facts.map(([name, value]) => <div key={name} className="rounded-2xl border border-line bg-raised px-4 py-3 text-sm"><dt className="text-muted">{name}</dt><dd className="font-medium">{value}</dd></div>)}
      </dl>
    </div>
  );
}

const ROW_HEIGHT = 150;

/** What the model tagged, with how sure it is of each; below whatever comes first on the page. */
function AutomaticItems({ tag: { name, autoCount }, children }: { tag: TagDetails; children: ReactNode }) {
  const source = useTimelineSource(useMemo(() => ({ filter: { tags: [name], tagSource: "AUTO" as const } }), [name]));
  useSyncExternalStore(source.subscribe, source.getVersion);
  const { geometry } = source;
  const badgeAt = useCallback((index: number) => {
    const found = source.itemAt(index)?.tags.find(({ tag }) => tag.name === name);
    return typeof found?.confidence === "number" ? formatPercent(found.confidence * 100) : undefined;
  }, [source, name]);
  return (
    <div className="flex h-full flex-col overflow-y-auto">
      <div className="max-w-5xl space-y-4 px-3 pb-4 sm:px-5">
        {children}
        <h2 className="pt-2 text-base font-semibold tracking-tight">{texts.tag.automatic}</h2>
        {autoCount === 0 && <p className="text-sm text-muted">{texts.tag.noneAutomatic}</p>}
      </div>
      {geometry && geometry.total > 0 && <div className="h-[80dvh] shrink-0"><MediaGrid model={source} geometry={geometry} label={texts.tag.automatic} rowHeight={ROW_HEIGHT} badgeAt={badgeAt} /></div>}
    </div>
  );
}
