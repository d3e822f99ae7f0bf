import { GraduationCap, Tags } from "lucide-react";
import { useQuery } from "urql";
import { Screen } from "@/app/Screen";
import { Button } from "@/kit/Button";
import { ErrorMessage, Message } from "@/kit/States";
import { texts } from "@/texts";
import { TagsQuery } from "./documents";
import { TagRow } from "./TagRow";
import { useLearnAll } from "./useLearnTag";

export function TagsScreen() {
  const [{ data, error }, read] = useQuery({ query: TagsQuery, requestPolicy: "cache-and-network" });
  const { isLearning, learn } = useLearnAll();
  const tags = data?.tags;
  return (
    <Screen title={texts.tags.title} count={tags?.length} actions={tags && tags.length > 0 && <Button icon={GraduationCap} title={texts.tags.learnAllHint} disabled={isLearning} onClick={learn}>{isLearning ? texts.tags.learning : texts.tags.learnAll}</Button>}>
      {!tags && error && <ErrorMessage title={texts.tags.failed} error={error} onRetry={() => read({ requestPolicy: "network-only" })} />}
      {tags?.length === 0 && <Message icon={Tags} title={texts.tags.empty} hint={texts.tags.emptyHint} />}
      {tags && tags.length > 0 && (
        <div className="h-full overflow-y-auto px-3 pb-6 sm:px-5">
          <p className="mb-4 max-w-4xl text-sm text-muted">{texts.tags.intro}</p>
          <ul className="max-w-4xl divide-y divide-line overflow-hidden rounded-2xl border border-line bg-raised">
            {tags.map((tag) => <TagRow key={tag.id} tag={tag} />)}
          </ul>
        </div>
      )}
    </Screen>
  );
}
