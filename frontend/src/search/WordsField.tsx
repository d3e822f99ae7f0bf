import { Search } from "lucide-react";
import { useState } from "react";
import { useQuery } from "urql";
import { graphql } from "@/graphql/graphql";
import { Button } from "@/kit/Button";
import { TextField } from "@/kit/TextField";
import { texts } from "@/texts";

const EmbedsTextQuery = graphql(`
  query EmbedsText {
    server {
      model {
        embedsText
      }
    }
  }
`);

/** Says in words what is to be seen; nothing where the server's model knows pictures only. */
export function WordsField({ text = "", onSearch }: { text?: string | undefined; onSearch: (text: string) => void }) {
  const [{ data }] = useQuery({ query: EmbedsTextQuery });
  const [draft, setDraft] = useState(text);
  if (!data?.server.model.embedsText) return null;
  return (
    <form
      role="search"
      className="flex w-full max-w-md gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.trim()) onSearch(draft.trim());
      }}
    >
      <TextField type="search" aria-label={texts.search.words} placeholder={texts.search.wordsHint} maxLength={500} value={draft} onChange={(event) => setDraft(event.target.value)} />
      <Button type="submit" icon={Search}>{texts.search.find}</Button>
    </form>
  );
}
