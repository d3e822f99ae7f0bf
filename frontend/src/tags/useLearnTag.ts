import { toast } from "sonner";
import { useMutation } from "urql";
import { messageOf } from "@/graphql/errors";
import { libraryChanges } from "@/live/changes";
import { texts } from "@/texts";
import { AutoTagMutation, LearnTagMutation } from "./documents";

/** Learns a tag and tells what that came to. */
export function useLearnTag(name: string) {
  const [{ fetching }, learnTag] = useMutation(LearnTagMutation);
  const learn = async () => {
    const { data, error } = await learnTag({ name });
    if (error) toast.error(messageOf(error));
    if (!data) return;
    libraryChanges.emit("items");
    toast.success(texts.tags.learned(name, data.learnTag.taggedCount));
  };
  return { isLearning: fetching, learn: () => void learn() };
}

/** Learns every tag that can be learned. */
export function useLearnAll() {
  const [{ fetching }, autoTag] = useMutation(AutoTagMutation);
  const learn = async () => {
    const { data, error } = await autoTag({});
    if (error) toast.error(messageOf(error));
    if (!data) return;
    libraryChanges.emit("items");
    toast.success(texts.tags.learnedAll(data.autoTag.modelsApplied, data.autoTag.after));
  };
  return { isLearning: fetching, learn: () => void learn() };
}
