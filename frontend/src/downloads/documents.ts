import { graphql, type ResultOf, type VariablesOf } from "@/graphql/graphql";

export const PlanDownloadMutation = graphql(`
  mutation PlanDownload($selection: MediaSelection!) {
    planDownload(selection: $selection) {
      id
      fileCount
      totalBytes
      parts {
        id
        url
        filename
        sizeBytes
      }
    }
  }
`);

export type DownloadPlan = ResultOf<typeof PlanDownloadMutation>["planDownload"];
export type MediaSelection = VariablesOf<typeof PlanDownloadMutation>["selection"];
