import { GraduationCap } from "lucide-react";
import { Link } from "react-router";
import { Button } from "@/kit/Button";
import { formatPercent } from "@/media/format";
import { texts } from "@/texts";
import type { TagSummary } from "./documents";
import { useLearnTag } from "./useLearnTag";

export function TagRow({ tag }: { tag: TagSummary }) {
  const { name, manualCount, autoCount, model } = tag;
  const { isLearning, learn } = useLearnTag(name);
  const facts = [
    texts.tags.manual(manualCount),
    autoCount > 0 && texts.tags.auto(autoCount),
    model?.precision != null && texts.tags.rightness(formatPercent(model.precision * 100)),
    model?.isStale && texts.tags.stale,
  ].filter(Boolean);

  return (
    <li className="flex items-center gap-3 py-2.5 pr-2.5 pl-4">
      <Link to={`/tags/${encodeURIComponent(name)}`} title={texts.tags.show(name)} className="min-w-0 flex-1 rounded-lg">
        <span className="block truncate font-medium hover:underline">{name}</span>
        <span className="block text-sm text-muted tabular-nums">{facts.join(" · ")}</span>
      </Link>
      <Button icon={GraduationCap} aria-label={texts.tags.learnLabel(name)} disabled={isLearning} onClick={learn}>{isLearning ? texts.tags.learning : texts.tags.learn}</Button>
    </li>
  );
}
