import { MapPinOff } from "lucide-react";
import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { Screen } from "@/app/Screen";
import { ErrorMessage, Message } from "@/kit/States";
import { libraryChanges } from "@/live/changes";
import { texts } from "@/texts";
import { PlacesQuery } from "./documents";
import { WorldMap } from "./WorldMap";

export function MapScreen() {
  const [cell, setCell] = useState(16);
  const [{ data, error }, read] = useQuery({ query: PlacesQuery, variables: { cell }, requestPolicy: "cache-and-network" });
  useEffect(() => libraryChanges.subscribe((change) => change === "members" && read({ requestPolicy: "network-only" })), [read]);
  // While finer places are read, the coarser ones stay.
  const [places, setPlaces] = useState(data?.places);
  if (data && data.places !== places) setPlaces(data.places);
  const count = places?.reduce((sum, place) => sum + place.count, 0);

  return (
    <Screen title={texts.map.title} count={count}>
      {!places && error && <ErrorMessage title={texts.map.failed} error={error} onRetry={() => read({ requestPolicy: "network-only" })} />}
      {places?.length === 0 && <Message icon={MapPinOff} title={texts.map.empty} hint={texts.map.emptyHint} />}
      {places && places.length > 0 && <WorldMap places={places} onCell={setCell} />}
    </Screen>
  );
}
