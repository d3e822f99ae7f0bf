import { ListChecks, Wrench } from "lucide-react";
import { useMutation } from "urql";
import { Page } from "@/app/Page";
import { Screen } from "@/app/Screen";
import { Button } from "@/kit/Button";
import { ErrorMessage, Message } from "@/kit/States";
import { succeeded } from "@/graphql/errors";
import { texts } from "@/texts";
import { RepairMutation } from "./documents";
import { JobRow } from "./JobRow";
import { useJobs } from "./useJobs";

export function JobsScreen() {
  const { jobs, error, retry } = useJobs();
  const [, repair] = useMutation(RepairMutation);
  const start = async () => {
    if (succeeded((await repair({})).error)) retry();
  };
  return (
    <Screen title={texts.jobs.title} count={jobs?.length} actions={<Button icon={Wrench} title={texts.jobs.repairHint} onClick={() => void start()}>{texts.jobs.repair}</Button>}>
      {!jobs && error && <ErrorMessage title={texts.jobs.failed} error={error} onRetry={retry} />}
      {jobs?.length === 0 && <Message icon={ListChecks} title={texts.jobs.empty} hint={texts.jobs.emptyHint} />}
      {jobs && jobs.length > 0 && (
        <Page>
          <ul aria-label={texts.jobs.list} className="max-w-4xl divide-y divide-line overflow-hidden rounded-2xl border border-line bg-raised">
            {jobs.map((job) => <JobRow key={job.id} job={job} />)}
          </ul>
        </Page>
      )}
    </Screen>
  );
}
