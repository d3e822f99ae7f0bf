import { GraduationCap } from "lucide-react";
import { Link } from "react-router";
import { toast } from "sonner";
import { useMutation } from "urql";
import { messageOf } from "@/graphql/errors";
import { Button } from "@/kit/Button";
import { libraryChanges } from "@/live/changes";
import { formatPercent } from "@/media/format";
import { texts } from "@/texts/en";
import { LearnTagMutation, type TagSummary } from "./documents";

export function TagRow({ tag }: { tag: TagSummary }) {
  const [{ fetching }, learnTag] = useMutation(LearnTagMutation);
  const { name, manualCount, autoCount, model } = tag;
  const facts = [
    texts.tags.manual(manualCount),
    autoCount > 0 && texts.tags.auto(autoCount),
    model?.precision != null && texts.tags.rightness(formatPercent(model.precision * 100)),
    model?.isStale && texts.tags.stale,
  ].filter(Boolean);

  const learn = async () => {
    const { data, error } = await learnTag({ name });
    if (error) toast.error(messageOf(error));
    if (!data) return;
    libraryChanges.emit("items");
    toast.success(texts.tags.learned(name, data.learnTag.taggedCount));
  };

  return (
    <li className="flex items-center gap-3 py-2.5 pr-2.5 pl-4">
      <Link to={`/?tag=${encodeURIComponent(name)}`} title={texts.tags.show(name)} className="min-w-0 flex-1 rounded-lg">
        <span className="block truncate font-medium hover:underline">{name}</span>
        <span className="block text-sm text-muted tabular-nums">{facts.join(" · ")}</span>
      </Link>
      <Button icon={GraduationCap} aria-label={texts.tags.learnLabel(name)} disabled={fetching} onClick={() => void learn()}>{fetching ? texts.tags.learning : texts.tags.learn}</Button>
    </li>
  );
}
