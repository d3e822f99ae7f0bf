import { Client, fetchExchange, subscriptionExchange } from "urql";
import { expect, it } from "vitest";
import { galleryCache, listsChangedBy } from "./cache";
import { LibraryEventsSubscription } from "./events";
import { graphql } from "./graphql";
import { EventReplay } from "./replay";
import { unblock } from "./unblock";

const ItemQuery = graphql(`
  query Item($id: ID!) {
    mediaItem(id: $id) {
      id
      isFavorite
    }
  }
`);

const NameQuery = graphql(`
  query Name($id: ID!) {
    mediaItem(id: $id) {
      id
      originalFilename
    }
  }
`);

const SetFavoriteMutation = graphql(`
  mutation SetFavorite($ids: [ID!]!, $favorite: Boolean!) {
    setFavorite(ids: $ids, favorite: $favorite) {
      id
      isFavorite
    }
  }
`);

const sleep = (milliseconds: number) => new Promise<void>((resolve) => {
  setTimeout(resolve, milliseconds);
});

const media = (isFavorite: boolean) => ({ __typename: "Media", id: "1", isFavorite });

const changed = {
  __typename: "MediaChanged",
  cursor: "1",
  media: [
    {
      ...media(true),
      mediaType: "IMAGE", originalFilename: "a.jpg", originalDate: "2026-01-01T00:00:00Z", duration: null, isAnimated: false, width: 1, height: 1, placeholder: null,
      smallUrl: "/s", largeUrl: "/l", tags: [], originalDateSource: "EXIF", processingError: null, isSearchable: true, trashedAt: null, folders: [],
    },
  ],
};

const MUTATION_MS = 200;

/** A server that holds one item, which is no favourite, and takes its time to make it one. */
async function answer(_input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const isMutation = String(init?.body).includes("setFavorite");
  await sleep(isMutation ? MUTATION_MS : 1);
  const data = isMutation ? { setFavorite: [media(true)] } : { mediaItem: { ...media(false), originalFilename: "a.jpg" } };
  return Response.json({ data });
}

function newClient(replay = new EventReplay()): Client {
  const events = subscriptionExchange({
    forwardSubscription: () => ({
      subscribe: (sink) => {
        replay.tell(() => sink.next({ data: { libraryEvents: changed } }));
        return { unsubscribe: () => undefined };
      },
    }),
  });
  return new Client({ url: "http://localhost/graphql", preferGetMethod: false, fetch: answer, exchanges: [unblock, galleryCache, replay.exchange, fetchExchange, events] });
}

function watchFavorite(client: Client): (boolean | undefined)[] {
  const seen: (boolean | undefined)[] = [];
  client.query(ItemQuery, { id: "1" }).subscribe(({ data }) => {
    if (data?.mediaItem?.isFavorite !== seen.at(-1)) seen.push(data?.mediaItem?.isFavorite);
  });
  return seen;
}

it("shows a favourite before the server has answered", async () => {
  const client = newClient();
  const seen = watchFavorite(client);
  await expect.poll(() => seen).toEqual([false]);
  const done = client.mutation(SetFavoriteMutation, { ids: ["1"], favorite: true }).toPromise();
  await expect.poll(() => seen, { interval: 5, timeout: MUTATION_MS / 2 }).toEqual([false, true]);
  await done;
  expect(seen).toEqual([false, true]);
});

it("shows what another client has changed", async () => {
  const client = newClient();
  const seen = watchFavorite(client);
  await expect.poll(() => seen).toEqual([false]);
  client.subscription(LibraryEventsSubscription, {}).subscribe(() => undefined);
  await expect.poll(() => seen).toEqual([false, true]);
});

it("believes an event that came before an older answer", async () => {
  const client = newClient();
  const seen = watchFavorite(client);
  client.subscription(LibraryEventsSubscription, {}).subscribe(() => undefined);
  await expect.poll(() => seen).toContain(false);
  await expect.poll(() => seen.at(-1)).toBe(true);
});

it("asks for what was first asked for while a change was on its way", async () => {
  const client = newClient();
  const seen = watchFavorite(client);
  await expect.poll(() => seen).toEqual([false]);
  const done = client.mutation(SetFavoriteMutation, { ids: ["1"], favorite: true }).toPromise();
  const name = client.query(NameQuery, { id: "1" }).toPromise();
  await done;
  expect((await name).data?.mediaItem?.originalFilename).toBe("a.jpg");
});

it("knows which lists an event makes untrue", () => {
  expect(listsChangedBy("TagsChanged")).toEqual(["tags", "tag"]);
  expect(listsChangedBy("MediaChanged")).toEqual([]);
  expect(listsChangedBy("ResyncRequired")).toContain("folders");
});
