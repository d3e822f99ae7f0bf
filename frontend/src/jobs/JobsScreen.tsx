import { ListChecks, ShieldCheck, Wrench } from "lucide-react";
import { useMutation } from "urql";
import { Page } from "@/app/Page";
import { Screen } from "@/app/Screen";
import { Button } from "@/kit/Button";
import { ErrorMessage, Message } from "@/kit/States";
import { succeeded } from "@/graphql/errors";
import { texts } from "@/texts";
import { CheckMutation, RepairMutation } from "./documents";
import { JobRow } from "./JobRow";
import { useJobs } from "./useJobs";

export function JobsScreen() {
  const { jobs, error, retry } = useJobs();
  const [, repair] = useMutation(RepairMutation);
  const [, check] = useMutation(CheckMutation);
  const start = async (asked: ReturnType<typeof repair | typeof check>) => {
    if (succeeded((await asked).error)) retry();
  };
  const actions = (
    <>
      <Button icon={ShieldCheck} title={texts.jobs.checkHint} onClick={() => void start(check({}))}><span className="max-sm:sr-only">{texts.jobs.check}</span></Button>
      <Button icon={Wrench} title={texts.jobs.repairHint} onClick={() => void start(repair({}))}><span className="max-sm:sr-only">{texts.jobs.repair}</span></Button>
    </>
  );
  return (
    <Screen title={texts.jobs.title} count={jobs?.length} actions={actions}>
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
