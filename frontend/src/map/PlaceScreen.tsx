import { MapPinOff } from "lucide-react";
import { useMemo } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { Button } from "@/kit/Button";
import { Message } from "@/kit/States";
import { texts } from "@/texts";
import { TimelineScreen } from "@/timeline/TimelineScreen";
import { readBounds } from "./address";

/** All that was taken in one part of the world. */
export function PlaceScreen() {
  const [params] = useSearchParams();
  const text = params.get("in");
  const bounds = useMemo(() => readBounds(new URLSearchParams({ in: text ?? "" })), [text]);
  const navigate = useNavigate();
  const back = <Button onClick={() => void navigate("/map")}>{texts.map.back}</Button>;
  const nothing = <Message icon={MapPinOff} title={texts.map.nothingHere}>{back}</Message>;
  const scope = useMemo(() => ({ within: bounds }), [bounds]);
  if (!bounds) return nothing;
  return <TimelineScreen key={text} title={texts.map.here} scope={scope} actions={back} empty={nothing} />;
}
