import { type Exchange, mapExchange, type Operation } from "urql";

/**
 * Graphcache holds back what is first asked for while an optimistic change of the same items is on its way. It asks again
 * once that is through; but the client takes this for a repetition of what is under way, and nothing would ever come.
 */
export const unblock: Exchange = (input) => {
  const unanswered = new Map<number, Operation>();
  const exchange = mapExchange({
    onOperation(operation) {
      if (operation.kind === "query" && operation.context.requestPolicy !== "network-only") unanswered.set(operation.key, operation);
    },
    onResult({ operation }) {
      unanswered.delete(operation.key);
      if (operation.kind !== "mutation") return;
      // Those that nobody waits for any more are left alone, and so are those that are under way.
      for (const held of unanswered.values()) input.client.reexecuteOperation(held);
      unanswered.clear();
    },
  });
  return exchange(input);
};
