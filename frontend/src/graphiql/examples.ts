export const WELCOME = "# GalleryNet's GraphQL API. Press Ctrl+Space for completion, Ctrl+Enter to run.\n";

const newest = `# The newest items of the library
query NewestMedia {
  media(first: 10) {
    totalCount
    nodes {
      id
      originalFilename
      originalDate
      thumbnailUrl
      tags {
        source
        confidence
        tag { name }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`;

const similar = `# What looks like the newest item, in one request
query SimilarMedia {
  media(first: 1) {
    nodes {
      originalFilename
      similar(first: 10, minSimilarity: 60) {
        totalCount
        edges {
          similarity
          node { id originalFilename }
        }
      }
    }
  }
}
`;

const learn = `# Learns a tag from the items that you gave it, and tags the others
mutation LearnTag($name: String!) {
  learnTag(name: $name) {
    taggedCount
    tag { manualCount autoCount }
  }
}
`;

const events = `# Run it, then change something in another window
subscription LibraryEvents {
  libraryEvents {
    __typename
    cursor
    occurredAt
    ... on MediaAdded { media { id originalFilename } }
    ... on MediaChanged { media { id isFavorite tags { tag { name } } } }
    ... on MediaRemoved { ids toTrash }
    ... on FolderChanged { folder { id name } }
    ... on TagsChanged { tags { name manualCount autoCount } }
  }
}
`;

const upload = `# Files are sent by the GraphQL multipart request specification, which this page cannot do:
#
#   curl http://localhost:3000/graphql -H 'X-Requested-With: gallerynet' \\
#     -F operations='{"query": "mutation($files: [Upload!]!) { uploadMedia(files: $files) { __typename } }", "variables": {"files": [null]}}' \\
#     -F map='{"0": ["variables.files.0"]}' \\
#     -F 0=@photo.jpg
#
# What the server takes:
query AcceptedUploads {
  server {
    acceptedExtensions
    maxUploadBytes
    maxFilesPerUpload
  }
}
`;

export const EXAMPLES = [
  { query: newest },
  { query: similar },
  { query: learn, variables: '{ "name": "cat" }' },
  { query: events },
  { query: upload },
];
