import { graphql, type ResultOf } from "@/graphql/graphql";

const JobFragment = graphql(`
  fragment Job on Job @_unmask {
    id
    kind
    state
    done
    total
    message
    note {
      code
      name
      counts {
        of
        count
      }
    }
    createdAt
    startedAt
    finishedAt
    error
  }
`);

export const JobsQuery = graphql(`query Jobs { jobs { ...Job } }`, [JobFragment]);

export const JobProgressSubscription = graphql(`subscription JobProgress { jobProgress { ...Job } }`, [JobFragment]);

// How it goes is told by the subscription alone: a mutation's answer can come behind the news of the job's end.

export const RepairMutation = graphql(`mutation Repair { repairMedia { id } }`);

export const CheckMutation = graphql(`mutation Check { checkIntegrity { id } }`);

export const CancelJobMutation = graphql(`mutation CancelJob($id: ID!) { cancelJob(id: $id) { id } }`);

export type Job = ResultOf<typeof JobsQuery>["jobs"][number];
export type JobNote = NonNullable<Job["note"]>;
export type JobNews = ResultOf<typeof JobProgressSubscription>;
