import { Copy, Images, ScanSearch } from "lucide-react";
import { type ReactNode, useCallback } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { toast } from "sonner";
import { useClient, useMutation } from "urql";
import { Screen } from "@/app/Screen";
import { succeeded } from "@/graphql/errors";
import { Button } from "@/kit/Button";
import { Segments } from "@/kit/Segments";
import { texts } from "@/texts";
import { useCopyActions } from "./actions";
import { DuplicateGroupsQuery, MomentGroupsQuery, ScanDuplicatesMutation } from "./documents";
import { GroupList } from "./GroupList";
import { PAGE, type ReadGroups, useGroups } from "./useGroups";

const KINDS = [
  { value: "copies", label: texts.duplicates.copies },
  { value: "moments", label: texts.duplicates.moments },
] as const;

/** Copies of one picture, or shots of one moment: each list is at an address of its own. */
export function DuplicatesScreen() {
  const [params, setParams] = useSearchParams();
  const kind = params.get("of") === "moments" ? "moments" : "copies";
  const choice = (
    <div className="mb-4 flex">
      <Segments label={texts.duplicates.kind} value={kind} options={KINDS} onChange={(next) => setParams(next === "moments" ? { of: next } : {}, { replace: true })} />
    </div>
  );
  return kind === "moments" ? <Moments choice={choice} /> : <Copies choice={choice} />;
}

function Copies({ choice }: { choice: ReactNode }) {
  const client = useClient();
  const [, scan] = useMutation(ScanDuplicatesMutation);
  const navigate = useNavigate();
  const read = useCallback<ReadGroups>(async (after) => {
    const { data, error } = await client.query(DuplicateGroupsQuery, { first: PAGE, after }, { requestPolicy: "network-only" }).toPromise();
    return { page: data?.duplicateGroups, error };
  }, [client]);
  const state = useGroups(read);
  const { keep, markNotSame } = useCopyActions();
  const look = async () => {
    const { error } = await scan({});
    if (succeeded(error)) toast(texts.duplicates.scanning, { action: { label: texts.jobs.title, onClick: () => void navigate("/jobs") } });
  };
  return (
    <Screen
      title={texts.duplicates.title}
      count={state.found?.totalCount}
      actions={<Button icon={ScanSearch} aria-label={texts.duplicates.scan} title={texts.duplicates.scanHint} onClick={() => void look()}><span className="max-sm:hidden">{texts.duplicates.scan}</span></Button>}
    >
      <GroupList state={state} icon={Copy} words={texts.duplicates} tools={choice} onKeep={(group, kept) => void keep(group, kept)} onNotSame={(group) => void markNotSame(group)} />
    </Screen>
  );
}

function Moments({ choice }: { choice: ReactNode }) {
  const client = useClient();
  const read = useCallback<ReadGroups>(async (after) => {
    const { data, error } = await client.query(MomentGroupsQuery, { first: PAGE, after }, { requestPolicy: "network-only" }).toPromise();
    return { page: data?.momentGroups, error };
  }, [client]);
  const state = useGroups(read);
  return (
    <Screen title={texts.duplicates.title} count={state.found?.totalCount}>
      <GroupList state={state} icon={Images} words={texts.moments} tools={choice} />
    </Screen>
  );
}
