import { Images, ImageUp, ScanSearch, SearchX } from "lucide-react";
import { useCallback, useMemo, useRef, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { toast } from "sonner";
import { useClient } from "urql";
import { Screen } from "@/app/Screen";
import { codeOf, messageOf } from "@/graphql/errors";
import { Button } from "@/kit/Button";
import { cx } from "@/kit/cx";
import { ErrorBanner, ErrorMessage, Message } from "@/kit/States";
import { isTouch } from "@/kit/touch";
import { formatPercent } from "@/media/format";
import { texts } from "@/texts";
import { MediaGrid } from "@/timeline/MediaGrid";
import { useProvideDropTarget } from "@/uploads/DropTarget";
import { PICKING } from "@/viewer/useOpenMedia";
import { readSearch, writeSearch } from "./address";
import { ReferenceQuery } from "./documents";
import { rememberPicture } from "./droppedPictures";
import { SearchBar } from "./SearchBar";
import { SearchResults } from "./SearchResults";
import { useSimilarMedia } from "./useSimilarMedia";
import { WordsField } from "./WordsField";

const ROW_HEIGHT = 220;

export function SearchScreen() {
  const [params, setParams] = useSearchParams();
  const address = readSearch(params);
  const { source, text, minimum } = address;
  const subject = source ?? text;
  const { item, connection, error, isSearching, more, retry } = useSimilarMedia(address);
  const navigate = useNavigate();
  const { pick, isSending } = useReferencePicture();

  const results = useMemo(() => connection && new SearchResults(
    `${subject} ${minimum}`,
    connection.edges.map(({ node, similarity }) => ({ media: node, similarity })),
    more,
  ), [connection, more, subject, minimum]);
  const badgeAt = useCallback((index: number) => {
    const result = results?.results[index];
    return result && formatPercent(result.similarity);
  }, [results]);

  const setMinimum = (next: number) => setParams(writeSearch(params, { ...address, minimum: next }), { replace: true });
  const findWords = (words: string) => setParams(writeSearch(params, { source: undefined, text: words, minimum }));
  const pickers = (
    <>
      <PickButton onPick={pick} isPrimary={!subject} />
      <Button icon={Images} aria-label={texts.search.fromLibrary} onClick={() => void navigate(`/?${PICKING}=similar`)}><span className={cx(subject && "max-sm:hidden")}>{texts.search.fromLibrary}</span></Button>
    </>
  );
  const searchBar = subject && (results || !error) && (
    <SearchBar source={source} text={text} item={item} minimum={minimum} onMinimum={setMinimum} onWords={findWords} found={connection?.totalCount} isSearching={isSearching || isSending} />
  );

  return (
    <Screen title={texts.search.title} actions={subject && pickers} toolbar={searchBar}>
      {!subject && (
        <Message icon={ScanSearch} title={texts.search.intro} hint={isSending ? texts.search.searching : isTouch() ? texts.search.touchHint : texts.search.introHint}>
          <WordsField onSearch={findWords} />
          {pickers}
        </Message>
      )}
      {subject && !results && error && (codeOf(error) === "NOT_FOUND"
        ? <Message icon={SearchX} title={texts.search.gone} hint={texts.search.goneHint} />
        : <ErrorMessage title={texts.search.failed} error={error} onRetry={retry} />)}
      {results && error && <ErrorBanner error={error} onRetry={retry} />}
      {results && results.total > 0 && <MediaGrid key={subject} model={results} geometry={results.geometry} label={texts.search.results} rowHeight={ROW_HEIGHT} badgeAt={badgeAt} />}
      {results?.total === 0 && !isSearching && <Message icon={SearchX} title={texts.search.empty} hint={texts.search.emptyHint} />}
    </Screen>
  );
}

/** Sends a picture to search by, dropped on the screen or picked, and makes it the address's source. */
function useReferencePicture() {
  const client = useClient();
  const [, setParams] = useSearchParams();
  const [isSending, setIsSending] = useState(false);

  const pick = useCallback(async (files: readonly File[]) => {
    const image = files[0];
    if (!image) return;
    setIsSending(true);
    const { data, error } = await client.query(ReferenceQuery, { image }, { requestPolicy: "network-only" }).toPromise();
    setIsSending(false);
    if (error) toast.error(messageOf(error));
    if (!data) return;
    const { referenceId } = data.similarMedia;
    rememberPicture(referenceId, image);
    setParams((params) => writeSearch(params, { ...readSearch(params), source: referenceId, text: undefined }));
  }, [client, setParams]);

  useProvideDropTarget("search", texts.uploads.dropToSearch, pick);
  return { pick, isSending };
}

function PickButton({ onPick, isPrimary }: { onPick: (files: readonly File[]) => void; isPrimary: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button tone={isPrimary ? "primary" : "plain"} icon={ImageUp} onClick={() => input.current?.click()}>{texts.search.pick}</Button>
      <input
        ref={input}
        type="file"
        accept="image/*,.heic,.heif,.avif,.dng,.cr2,.cr3,.nef,.arw,.orf,.rw2,.raf"
        hidden
        tabIndex={-1}
        aria-label={texts.search.pick}
        onChange={(event) => {
          onPick([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </>
  );
}
