import { Copy } from "lucide-react";
import { useCallback } from "react";
import { useClient } from "urql";
import { Screen } from "@/app/Screen";
import { texts } from "@/texts";
import { DuplicateGroupsQuery } from "./documents";
import { GroupList } from "./GroupList";
import { PAGE, type ReadGroups, useGroups } from "./useGroups";

export function DuplicatesScreen() {
  const client = useClient();
  const read = useCallback<ReadGroups>(async (after) => {
    const { data, error } = await client.query(DuplicateGroupsQuery, { first: PAGE, after }, { requestPolicy: "network-only" }).toPromise();
    return { page: data?.duplicateGroups, error };
  }, [client]);
  const state = useGroups(read);
  return (
    <Screen title={texts.duplicates.title} count={state.found?.totalCount}>
      <GroupList state={state} icon={Copy} words={texts.duplicates} />
    </Screen>
  );
}
