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

export const RepairMutation = graphql(`mutation Repair { repairMedia { ...Job } }`, [JobFragment]);

export const CheckMutation = graphql(`mutation Check { checkIntegrity { ...Job } }`, [JobFragment]);

export const CancelJobMutation = graphql(`mutation CancelJob($id: ID!) { cancelJob(id: $id) { ...Job } }`, [JobFragment]);

export type Job = ResultOf<typeof JobsQuery>["jobs"][number];
export type JobNote = NonNullable<Job["note"]>;
