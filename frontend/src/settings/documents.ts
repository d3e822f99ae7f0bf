import { graphql } from "@/graphql/graphql";

export const AboutQuery = graphql(`
  query About {
    server {
      version
      acceptedExtensions
      maxUploadBytes
      model {
        name
        dimensions
      }
    }
    session {
      isRequired
    }
  }
`);

export const LogoutEverywhereMutation = graphql(`
  mutation LogoutEverywhere($everywhere: Boolean!) {
    logout(everywhere: $everywhere) {
      session {
        isAuthenticated
        isRequired
      }
    }
  }
`);
