import { CircleAlert, CircleCheck, CircleSlash, Clock, LoaderCircle, X } from "lucide-react";
import { useMutation } from "urql";
import { Button } from "@/kit/Button";
import { cx } from "@/kit/cx";
import { ProgressBar } from "@/kit/ProgressBar";
import { succeeded } from "@/graphql/errors";
import { formatMoment } from "@/media/format";
import { texts } from "@/texts";
import { CancelJobMutation, type Job } from "./documents";
import { saidBy } from "./saidBy";

const ICONS = {
  QUEUED: { icon: Clock, tone: "text-muted" },
  RUNNING: { icon: LoaderCircle, tone: "text-accent animate-spin" },
  SUCCEEDED: { icon: CircleCheck, tone: "text-good" },
  FAILED: { icon: CircleAlert, tone: "text-danger" },
  CANCELLED: { icon: CircleSlash, tone: "text-muted" },
};

/** A server may have kinds that this app does not know yet. */
export const kindName = (kind: string): string => (texts.jobs.kinds as Record<string, string | undefined>)[kind] ?? kind;

export const isOpenJob = ({ state }: Job): boolean => state === "QUEUED" || state === "RUNNING";

export function JobRow({ job }: { job: Job }) {
  const [, cancel] = useMutation(CancelJobMutation);
  const { state, done, total, error, createdAt, finishedAt } = job;
  const { icon: Icon, tone } = ICONS[state];
  const kind = kindName(job.kind);
  const said = saidBy(job);
  const facts = [texts.jobs.states[state], (state === "RUNNING" || total !== null) && (done > 0 || total) && texts.jobs.steps(done, total), formatMoment(finishedAt ?? createdAt)];
  return (
    <li className="py-3 pr-3 pl-4">
      <div className="flex items-center gap-3">
        <Icon aria-hidden size={18} className={cx("shrink-0", tone)} />
        <div className="min-w-0 flex-1">
          <p className="font-medium">{kind}</p>
          <p className="text-sm text-muted tabular-nums">{facts.filter(Boolean).join(" · ")}</p>
          {said && <p className={cx("mt-0.5 text-sm break-words", error ? "text-danger" : "text-ink")}>{said}</p>}
        </div>
        {isOpenJob(job) && <Button tone="quiet" icon={X} aria-label={texts.jobs.cancelLabel(kind)} onClick={() => void cancel({ id: job.id }).then(({ error: failure }) => succeeded(failure))}>{texts.jobs.cancel}</Button>}
      </div>
      {state === "RUNNING" && <div className="mt-2.5 overflow-hidden rounded-full"><ProgressBar label={texts.jobs.progress(kind)} value={total ? done / total : 0} /></div>}
    </li>
  );
}
