import { Heart, Images, MapPinOff } from "lucide-react";
import { lazy, Suspense } from "react";
import { Route, Routes } from "react-router";
import { Message } from "@/kit/States";
import { texts } from "@/texts";
import type { Scope } from "@/timeline/filters";
import { TimelineScreen } from "@/timeline/TimelineScreen";
import { UploadButton } from "@/uploads/UploadButton";
import { AppFrame } from "./AppFrame";
import { Screen } from "./Screen";

const FolderScreen = lazy(() => import("@/folders/FolderScreen").then((module) => ({ default: module.FolderScreen })));
const SearchScreen = lazy(() => import("@/search/SearchScreen").then((module) => ({ default: module.SearchScreen })));
const TagScreen = lazy(() => import("@/tags/TagScreen").then((module) => ({ default: module.TagScreen })));
const TrashScreen = lazy(() => import("@/trash/TrashScreen").then((module) => ({ default: module.TrashScreen })));
const GroupsScreen = lazy(() => import("@/groups/GroupsScreen").then((module) => ({ default: module.GroupsScreen })));
const DuplicatesScreen = lazy(() => import("@/groups/DuplicatesScreen").then((module) => ({ default: module.DuplicatesScreen })));
const JobsScreen = lazy(() => import("@/jobs/JobsScreen").then((module) => ({ default: module.JobsScreen })));
const StatisticsScreen = lazy(() => import("@/statistics/StatisticsScreen").then((module) => ({ default: module.StatisticsScreen })));
const SettingsScreen = lazy(() => import("@/settings/SettingsScreen").then((module) => ({ default: module.SettingsScreen })));
const MapScreen = lazy(() => import("@/map/MapScreen").then((module) => ({ default: module.MapScreen })));
const PlaceScreen = lazy(() => import("@/map/PlaceScreen").then((module) => ({ default: module.PlaceScreen })));
const DemoButton = lazy(() => import("@/demo/DemoButton").then((module) => ({ default: module.DemoButton })));
const LibraryMenu = lazy(() => import("@/downloads/LibraryMenu").then((module) => ({ default: module.LibraryMenu })));
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
      actions={<><Suspense fallback={<span className="size-9" />}><LibraryMenu /></Suspense><UploadButton isMain /></>}
      empty={(
        <Message icon={Images} title={texts.library.empty} hint={texts.library.emptyHint}>
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
