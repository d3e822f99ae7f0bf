import { Heart, Images, MapPinOff } from "lucide-react";
import { lazy, Suspense } from "react";
import { Route, Routes, useLocation, useNavigate } from "react-router";
import { Button } from "@/kit/Button";
import { Message } from "@/kit/States";
import { isTouch } from "@/kit/touch";
import { texts } from "@/texts";
import type { Scope } from "@/timeline/filters";
import { TimelineScreen } from "@/timeline/TimelineScreen";
import { UploadButton } from "@/uploads/UploadButton";
import { AppFrame } from "./AppFrame";
import { Screen } from "./Screen";
import { ScreenBoundary, screenPart } from "./screenPart";

const FolderScreen = screenPart(() => import("@/folders/FolderScreen").then((module) => module.FolderScreen));
const SearchScreen = screenPart(() => import("@/search/SearchScreen").then((module) => module.SearchScreen));
const TagScreen = screenPart(() => import("@/tags/TagScreen").then((module) => module.TagScreen));
const TrashScreen = screenPart(() => import("@/trash/TrashScreen").then((module) => module.TrashScreen));
const GroupsScreen = screenPart(() => import("@/groups/GroupsScreen").then((module) => module.GroupsScreen));
const DuplicatesScreen = screenPart(() => import("@/groups/DuplicatesScreen").then((module) => module.DuplicatesScreen));
const JobsScreen = screenPart(() => import("@/jobs/JobsScreen").then((module) => module.JobsScreen));
const StatisticsScreen = screenPart(() => import("@/statistics/StatisticsScreen").then((module) => module.StatisticsScreen));
const SettingsScreen = screenPart(() => import("@/settings/SettingsScreen").then((module) => module.SettingsScreen));
const MapScreen = screenPart(() => import("@/map/MapScreen").then((module) => module.MapScreen));
const PlaceScreen = screenPart(() => import("@/map/PlaceScreen").then((module) => module.PlaceScreen));
const DemoButton = lazy(() => import("@/demo/DemoButton").then((module) => ({ default: module.DemoButton })));
const LibraryMenu = lazy(() => import("@/downloads/LibraryMenu").then((module) => ({ default: module.LibraryMenu })));
const TagsScreen = screenPart(() => import("@/tags/TagsScreen").then((module) => module.TagsScreen));

const EVERYTHING: Scope = {};
const FAVORITES: Scope = { favorite: true };

export function App() {
  const { pathname } = useLocation();
  return (
    <AppFrame>
      <Suspense>
        <ScreenBoundary at={pathname}>
          <Routes>
            <Route path="/" element={<Library />} />
            <Route path="/favorites" element={<Favorites />} />
            <Route path="/folders/:id" element={<FolderScreen />} />
            <Route path="/search" element={<SearchScreen />} />
            <Route path="/tags" element={<TagsScreen />} />
            <Route path="/tags/:name" element={<TagScreen />} />
            <Route path="/trash" element={<TrashScreen />} />
            <Route path="/groups" element={<GroupsScreen />} />
            <Route path="/duplicates" element={<DuplicatesScreen />} />
            <Route path="/jobs" element={<JobsScreen />} />
            <Route path="/statistics" element={<StatisticsScreen />} />
            <Route path="/settings" element={<SettingsScreen />} />
            <Route path="/map" element={<MapScreen />} />
            <Route path="/map/here" element={<PlaceScreen />} />
            <Route path="*" element={<NotFound />} />
          </Routes>
        </ScreenBoundary>
      </Suspense>
    </AppFrame>
  );
}

function NotFound() {
  const navigate = useNavigate();
  return (
    <Screen title={texts.notFound.page}>
      <Message icon={MapPinOff} title={texts.notFound.title} hint={texts.notFound.hint}>
        <Button onClick={() => void navigate("/")}>{texts.folders.toLibrary}</Button>
      </Message>
    </Screen>
  );
}

function Library() {
  return (
    <TimelineScreen
      key="library"
      title={texts.library.title}
      scope={EVERYTHING}
      actions={<><Suspense fallback={<span className="size-9" />}><LibraryMenu /></Suspense><UploadButton isMain /></>}
      empty={(
        <Message icon={Images} title={texts.library.empty} hint={isTouch() ? texts.library.touchHint : texts.library.emptyHint}>
          <UploadButton label={texts.uploads.pick} />
          <Suspense><DemoButton /></Suspense>
        </Message>
      )}
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
