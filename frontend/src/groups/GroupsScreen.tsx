import { Group as GroupIcon, X } from "lucide-react";
import { useCallback, useState } from "react";
import { useSearchParams } from "react-router";
import { useClient } from "urql";
import { Screen } from "@/app/Screen";
import { useFolders } from "@/folders/documents";
import { Button } from "@/kit/Button";
import { Segments } from "@/kit/Segments";
import { Slider } from "@/kit/Slider";
import { formatPercent } from "@/media/format";
import { texts } from "@/texts";
import { type GroupsAddress, HIGHEST, LINKAGES, LOWEST, readAddress, writeAddress } from "./address";
import { SimilarGroupsQuery } from "./documents";
import { GroupList } from "./GroupList";
import { PAGE, type ReadGroups, useGroups } from "./useGroups";

const OPTIONS = LINKAGES.map((value) => ({ value, label: texts.groups.linkages[value] }));

export function GroupsScreen() {
  const [params, setParams] = useSearchParams();
  const address = readAddress(params);
  const { minimum, linkage, folderId } = address;
  const client = useClient();
  const read = useCallback<ReadGroups>(async (after) => {
    const variables = { minSimilarity: minimum, linkage, filter: folderId === undefined ? null : { folderId }, first: PAGE, after };
    const { data, error } = await client.query(SimilarGroupsQuery, variables, { requestPolicy: "network-only" }).toPromise();
    return { page: data?.similarGroups, error };
  }, [client, minimum, linkage, folderId]);
  const state = useGroups(read);
  const change = (next: Partial<GroupsAddress>) => setParams(writeAddress({ ...address, ...next }), { replace: true });
  const { folders } = useFolders();
  const folder = folders?.find(({ id }) => id === folderId);

  return (
    <Screen
      title={texts.groups.title}
      count={state.found?.totalCount}
      actions={folderId !== undefined && <Button icon={X} onClick={() => change({ folderId: undefined })}>{texts.groups.inFolder(folder?.name ?? "")}</Button>}
    >
      <GroupList
        state={state}
        icon={GroupIcon}
        words={texts.groups}
        tools={(
          <div className="mb-4 flex flex-wrap items-center gap-x-6 gap-y-3 rounded-2xl border border-line bg-raised p-3 sm:px-4">
            <Similarity key={minimum} value={minimum} onChange={(value) => change({ minimum: value })} />
            <Segments label={texts.groups.linkage} value={linkage} options={OPTIONS} onChange={(value) => change({ linkage: value })} />
            <p role="status" className="text-sm text-muted tabular-nums">{state.isReading ? texts.groups.working : state.found && texts.groups.count(state.found.totalCount)}</p>
          </div>
        )}
      />
    </Screen>
  );
}

function Similarity({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const [draft, setDraft] = useState(value);
  return (
    <div className="min-w-52 flex-1 sm:max-w-sm">
      <p className="flex justify-between text-sm"><span className="text-muted">{texts.groups.minimum}</span><span className="font-semibold tabular-nums">{formatPercent(draft)}</span></p>
      <Slider label={texts.groups.minimum} value={draft} min={LOWEST} max={HIGHEST} onChange={setDraft} onCommit={onChange} valueText={formatPercent(draft)} />
    </div>
  );
}
