import { Link } from "react-router";
import { useQuery } from "urql";
import { graphql } from "@/graphql/graphql";
import { describeMedia } from "@/media/description";
import { formatPercent } from "@/media/format";
import { TileMediaFragment } from "@/media/tileMedia";
import { texts } from "@/texts";
import { useOpenMedia } from "./useOpenMedia";

const SimilarStripQuery = graphql(
  `
    query SimilarStrip($id: ID!) {
      mediaItem(id: $id) {
        id
        similar(first: 9, minSimilarity: 60) {
          edges {
            similarity
            node {
              ...TileMedia
            }
          }
        }
      }
    }
  `,
  [TileMediaFragment],
);

/** What looks most like the open item, and the way to all of it. */
export function SimilarStrip({ id }: { id: string }) {
  const [{ data }] = useQuery({ query: SimilarStripQuery, variables: { id } });
  const openMedia = useOpenMedia();
  const found = data?.mediaItem?.id === id ? data.mediaItem.similar.edges : [];
  if (found.length === 0) return null;
  return (
    <section aria-label={texts.viewer.similarSection}>
      <h3 className="mb-2 flex items-baseline pointer-coarse:mb-0 justify-between text-xs font-semibold text-muted">
        {texts.viewer.similarSection}
        <Link to={`/search?source=${id}`} className="font-medium text-accent-strong underline-offset-2 hover:underline pointer-coarse:py-3.5 pointer-coarse:pl-6">{texts.viewer.similarAll}</Link>
      </h3>
      <div className="grid grid-cols-3 gap-1">
        {found.map(({ node, similarity }) => (
          <button key={node.id} type="button" aria-label={`${describeMedia(node)}, ${formatPercent(similarity)}`} onClick={() => openMedia(node.id, { replace: true })} className="relative aspect-square overflow-hidden rounded-md bg-sunken">
            <img src={node.smallUrl} alt="" decoding="async" className="h-full w-full object-cover" />
            <span className="absolute right-1 bottom-1 rounded-full bg-black/60 px-1.5 text-[0.6875rem] text-white tabular-nums">{formatPercent(similarity)}</span>
          </button>
        ))}
      </div>
    </section>
  );
}
