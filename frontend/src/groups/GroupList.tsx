import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Page } from "@/app/Page";
import { Button } from "@/kit/Button";
import { ErrorBanner, ErrorMessage, Message } from "@/kit/States";
import { useMediaActions } from "@/media/actions";
import { useLeaving } from "@/media/leaving";
import { texts } from "@/texts";
import type { Group } from "./documents";
import { GroupCard } from "./GroupCard";
import type { useGroups } from "./useGroups";

interface GroupListProps {
  state: ReturnType<typeof useGroups>;
  icon: LucideIcon;
  words: { intro: string; empty: string; emptyHint: string; failed: string; size: (value: number) => string };
  tools?: ReactNode;
  /** Without it, the others of a group just go to the trash. */
  onKeep?: (group: Group, kept: string) => void;
  onNotSame?: (group: Group) => void;
}

/** Groups of items, each with its best one, and what to do about the rest. */
export function GroupList({ state, icon, words, tools, onKeep, onNotSame }: GroupListProps) {
  const { found, error, isReading, more, retry } = state;
  const { trash } = useMediaActions();
  const leaving = useLeaving();
  const trashOthers = ({ members }: Group, kept: string) => void trash(members.map(({ id }) => id).filter((id) => id !== kept));
  const groups = found?.groups.filter(({ id, members }) => !leaving.has(id) && members.filter((item) => !leaving.has(item.id)).length > 1);
  return (
    <Page>
      <p className="mb-4 max-w-3xl text-sm text-muted">{words.intro}</p>
      {tools}
      {found && error && <ErrorBanner error={error} onRetry={retry} />}
      {!found && error && <ErrorMessage title={words.failed} error={error} onRetry={retry} />}
      {!found && isReading && <p role="status" className="py-16 text-center text-muted [animation:appear_200ms_200ms_backwards]">{texts.groups.working}</p>}
      {groups?.length === 0 && !isReading && <Message icon={icon} title={words.empty} hint={words.emptyHint} />}
      {groups && groups.length > 0 && (
        <ul aria-busy={isReading} className="space-y-4">
          {groups.map((group) => <GroupCard key={group.id} group={group} title={words.size(group.size)} onKeep={onKeep ?? trashOthers} onNotSame={onNotSame} />)}
        </ul>
      )}
      {found?.cursor && <div className="mt-4 flex justify-center"><Button disabled={isReading} onClick={more}>{texts.groups.more}</Button></div>}
    </Page>
  );
}
