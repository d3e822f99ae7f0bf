import { graphql, type ResultOf } from "@/graphql/graphql";

export const TagsQuery = graphql(`
  query Tags {
    tags {
      id
      name
      manualCount
      autoCount
      model {
        trainedAt
        precision
        isStale
      }
    }
  }
`);

export const LearnTagMutation = graphql(`
  mutation LearnTag($name: String!) {
    learnTag(name: $name) {
      taggedCount
      tag {
        id
        name
        manualCount
        autoCount
        model {
          trainedAt
          precision
          isStale
        }
      }
    }
  }
`);

export const AutoTagMutation = graphql(`
  mutation AutoTag {
    autoTag {
      after
      modelsApplied
    }
  }
`);

export type TagSummary = ResultOf<typeof TagsQuery>["tags"][number];
