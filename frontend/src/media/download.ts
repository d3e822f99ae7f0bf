import type { Client } from "urql";
import { toast } from "sonner";
import { messageOf } from "@/graphql/errors";
import type { Selection } from "@/selection/selection";
import { texts } from "@/texts/en";
import { formatBytes } from "./format";
import { idsOf } from "./ids";
import { PlanDownloadMutation } from "./mutations";

/** Browsers drop a download that follows the last one at once. */
const BETWEEN_MS = 800;

export function saveAs(url: string, filename: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = filename;
  link.click();
}

/** All originals of a selection as zip files, planned by the server. Throws CombinedError. */
export async function downloadSelection(client: Client, selection: Selection): Promise<void> {
  const { everything, except, ids } = selection;
  const isWhole = everything && except.size === 0 && ids.size === 0;
  const wanted = isWhole ? { filter: everything.variables.filter ?? {} } : { ids: await idsOf(selection) };
  const { data, error } = await client.mutation(PlanDownloadMutation, { selection: wanted });
  if (error) toast.error(messageOf(error));
  if (!data) return;
  const { parts, fileCount, totalBytes } = data.planDownload;
  toast(texts.actions.downloading(fileCount, formatBytes(totalBytes), parts.length));
  for (const [number, { url, filename }] of parts.entries()) setTimeout(() => saveAs(url, filename), number * BETWEEN_MS);
}
