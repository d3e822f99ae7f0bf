/** The questions still to be asked: those read, without those answered meanwhile. */
export function unanswered<Asked extends { media: { id: string } }>(queue: readonly Asked[], answered: ReadonlySet<string>): Asked[] {
  return queue.filter(({ media }) => !answered.has(media.id));
}

/** So few left that the next are to be read. */
export const FEW = 3;
