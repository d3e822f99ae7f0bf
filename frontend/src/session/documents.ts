import { graphql } from "@/graphql/graphql";

export const SessionQuery = graphql(`
  query Session {
    session {
      isAuthenticated
      isRequired
      eventCursor
    }
  }
`);

export const LoginMutation = graphql(`
  mutation Login($password: String!) {
    login(password: $password) {
      session {
        isAuthenticated
        isRequired
        eventCursor
      }
    }
  }
`);

export const LogoutMutation = graphql(`
  mutation Logout {
    logout {
      session {
        isAuthenticated
        isRequired
        eventCursor
      }
    }
  }
`);
