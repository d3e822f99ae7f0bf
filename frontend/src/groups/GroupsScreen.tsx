import { Group as GroupIcon } from "lucide-react";
import { useCallback, useState } from "react";
import { useSearchParams } from "react-router";
import { useClient } from "urql";
import { Screen } from "@/app/Screen";
import { Slider } from "@/kit/Slider";
import { formatPercent } from "@/media/format";
import { texts } from "@/texts";
import { SimilarGroupsQuery } from "./documents";
import { GroupList } from "./GroupList";
import { PAGE, type ReadGroups, useGroups } from "./useGroups";

const LOWEST = 50;
const HIGHEST = 99;
const USUAL = 85;

export function GroupsScreen() {
  const [params, setParams] = useSearchParams();
  const given = Number(params.get("min") ?? USUAL);
  const minimum = Number.isFinite(given) ? Math.min(HIGHEST, Math.max(LOWEST, given)) : USUAL;
  const client = useClient();
  const read = useCallback<ReadGroups>(async (after) => {
    const { data, error } = await client.query(SimilarGroupsQuery, { minSimilarity: minimum, first: PAGE, after }, { requestPolicy: "network-only" }).toPromise();
    return { page: data?.similarGroups, error };
  }, [client, minimum]);
  const state = useGroups(read);
  const setMinimum = (next: number) => setParams((now) => {
    now.set("min", String(next));
    return now;
  }, { replace: true });

  return (
    <Screen title={texts.groups.title} count={state.found?.totalCount}>
      <GroupList
        state={state}
        icon={GroupIcon}
        words={{ ...texts.groups }}
        tools={<Similarity key={minimum} value={minimum} onChange={setMinimum} note={state.isReading ? texts.groups.working : state.found && texts.groups.count(state.found.totalCount)} />}
      />
    </Screen>
  );
}

function Similarity({ value, onChange, note }: { value: number; onChange: (value: number) => void; note: string | undefined }) {
  const [draft, setDraft] = useState(value);
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-6 gap-y-1 rounded-2xl border border-line bg-raised p-3 sm:px-4">
      <div className="min-w-52 flex-1 sm:max-w-sm">
        <p className="flex justify-between text-sm"><span className="text-muted">{texts.groups.minimum}</span><span className="font-semibold tabular-nums">{formatPercent(draft)}</span></p>
        <Slider label={texts.groups.minimum} value={draft} min={LOWEST} max={HIGHEST} onChange={setDraft} onCommit={onChange} valueText={formatPercent(draft)} />
      </div>
      <p role="status" className="text-sm text-muted tabular-nums">{note}</p>
    </div>
  );
}
