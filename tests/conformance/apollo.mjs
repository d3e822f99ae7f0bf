import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from "@apollo/client";
import UploadHttpLink from "apollo-upload-client/UploadHttpLink.mjs";
import { EVENTS, HEADERS, picture, report, SESSION, UPLOAD, URL_OF_SERVER, whileChanging } from "./tools.mjs";

const client = new ApolloClient({
  cache: new InMemoryCache(),
  link: ApolloLink.split(
    ({ operationType }) => operationType === "subscription",
    new HttpLink({ uri: URL_OF_SERVER, headers: HEADERS }),
    new UploadHttpLink({ uri: URL_OF_SERVER, headers: HEADERS }),
  ),
});

const firstEvent = () =>
  new Promise((resolve, reject) => {
    client.subscribe({ query: gql(EVENTS) }).subscribe({ next: resolve, error: reject });
  });

report({
  query: await client.query({ query: gql(SESSION) }),
  upload: await client.mutate({ mutation: gql(UPLOAD), variables: { files: [await picture()] } }),
  event: await whileChanging(firstEvent),
});
