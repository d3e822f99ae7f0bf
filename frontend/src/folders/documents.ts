import { useQuery } from "urql";
import { graphql, type ResultOf } from "@/graphql/graphql";

const FoldersQuery = graphql(`
  query Folders {
    folders {
      id
      name
      sortOrder
      itemCount
    }
  }
`);

export const FolderQuery = graphql(`
  query Folder($id: ID!) {
    folder(id: $id) {
      id
      name
      itemCount
    }
  }
`);

export const CreateFolderMutation = graphql(`
  mutation CreateFolder($name: String!) {
    createFolder(name: $name) {
      id
      name
      sortOrder
      itemCount
    }
  }
`);

export const RenameFolderMutation = graphql(`
  mutation RenameFolder($id: ID!, $name: String!) {
    renameFolder(id: $id, name: $name) {
      id
      name
    }
  }
`);

export const DeleteFolderMutation = graphql(`
  mutation DeleteFolder($id: ID!) {
    deleteFolder(id: $id) {
      ids
    }
  }
`);

export const ReorderFoldersMutation = graphql(`
  mutation ReorderFolders($ids: [ID!]!) {
    reorderFolders(ids: $ids) {
      id
      sortOrder
    }
  }
`);

export type FolderSummary = ResultOf<typeof FoldersQuery>["folders"][number];

export function useFolders() {
  const [{ data, error, fetching }, read] = useQuery({ query: FoldersQuery });
  const folders = data?.folders.toSorted((a, b) => a.sortOrder - b.sortOrder);
  return { folders, error, fetching, retry: () => read({ requestPolicy: "network-only" }) };
}
