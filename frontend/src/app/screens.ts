import { ChartColumn, Copy, Group, Heart, Images, ListChecks, MapPinned, ScanSearch, Settings, Tags, Trash2 } from "lucide-react";
import { texts } from "@/texts";

const names = texts.navigation;

/** Where the sidebar and the palette lead: what is looked at, and what keeps it in order. */
export const SCREENS = [
  { to: "/", icon: Images, label: names.library },
  { to: "/favorites", icon: Heart, label: names.favorites },
  { to: "/search", icon: ScanSearch, label: names.search },
  { to: "/tags", icon: Tags, label: names.tags },
  { to: "/groups", icon: Group, label: names.groups },
  { to: "/duplicates", icon: Copy, label: names.duplicates },
  { to: "/map", icon: MapPinned, label: names.map },
];

export const MANAGING = [
  { to: "/trash", icon: Trash2, label: names.trash },
  { to: "/jobs", icon: ListChecks, label: names.jobs },
  { to: "/statistics", icon: ChartColumn, label: names.statistics },
  { to: "/settings", icon: Settings, label: names.settings },
];
