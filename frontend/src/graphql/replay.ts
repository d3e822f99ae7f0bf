import { type Exchange, mapExchange } from "urql";

/** Of one query; what is under way for longer has been given up. */
const MOST_EVENTS = 1000;

/**
 * An event that comes while a query is under way is told again behind the query's answer: the server may have given that
 * before what the event tells of, and graphcache lets the answer win.
 */
export class EventReplay {
  private readonly underWay = new Map<number, (() => void)[]>();

  /** Between cache and network. */
  readonly exchange: Exchange = mapExchange({
    onOperation: ({ kind, key }) => {
      if (kind === "query") this.underWay.set(key, []);
    },
    onResult: ({ operation: { key } }) => {
      const events = this.underWay.get(key);
      this.underWay.delete(key);
      // Once the answer is in the cache.
      if (events && events.length > 0) setTimeout(() => events.forEach((tell) => tell()));
    },
  });

  readonly tell = (event: () => void): void => {
    event();
    for (const [key, events] of this.underWay) {
      if (events.push(event) > MOST_EVENTS) this.underWay.delete(key);
    }
  };
}
