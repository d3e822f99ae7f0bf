import { Heart, Images, MapPinOff } from "lucide-react";
import { lazy, Suspense } from "react";
import { Route, Routes } from "react-router";
import { Message } from "@/kit/States";
import { texts } from "@/texts/en";
import type { Scope } from "@/timeline/filters";
import { TimelineScreen } from "@/timeline/TimelineScreen";
import { UploadButton } from "@/uploads/UploadButton";
import { AppFrame } from "./AppFrame";
import { Screen } from "./Screen";

const FolderScreen = lazy(() => import("@/folders/FolderScreen").then((module) => ({ default: module.FolderScreen })));
const SearchScreen = lazy(() => import("@/search/SearchScreen").then((module) => ({ default: module.SearchScreen })));
const TagsScreen = lazy(() => import("@/tags/TagsScreen").then((module) => ({ default: module.TagsScreen })));

const EVERYTHING: Scope = {};
const FAVORITES: Scope = { favorite: true };

export function App() {
  return (
    <AppFrame>
      <Suspense>
        <Routes>
          <Route path="/" element={<Library />} />
          <Route path="/favorites" element={<Favorites />} />
          <Route path="/folders/:id" element={<FolderScreen />} />
          <Route path="/search" element={<SearchScreen />} />
          <Route path="/tags" element={<TagsScreen />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Suspense>
    </AppFrame>
  );
}

function NotFound() {
  return (
    <Screen title={texts.notFound.page}>
      <Message icon={MapPinOff} title={texts.notFound.title} hint={texts.notFound.hint} />
    </Screen>
  );
}

function Library() {
  return (
    <TimelineScreen
      key="library"
      title={texts.library.title}
      scope={EVERYTHING}
      actions={<UploadButton isMain />}
      empty={<Message icon={Images} title={texts.library.empty} hint={texts.library.emptyHint}><UploadButton label={texts.uploads.pick} /></Message>}
    />
  );
}

function Favorites() {
  return (
    <TimelineScreen
      key="favorites"
      title={texts.favorites.title}
      scope={FAVORITES}
      empty={<Message icon={Heart} title={texts.favorites.empty} hint={texts.favorites.emptyHint} />}
    />
  );
}
