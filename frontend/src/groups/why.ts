import { texts } from "@/texts";
import type { Group } from "./documents";

/** What made the best one the best, in words: "most pixels". Undefined where nothing sets it apart. */
export function whyBest({ bestReasons }: Pick<Group, "bestReasons">): string | undefined {
  const decisive = bestReasons.find(({ isDecisive }) => isDecisive);
  return decisive && texts.groups.why[decisive.criterion];
}
