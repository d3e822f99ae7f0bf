import { Braces, ChartColumn, Copy, Group, Heart, Images, Keyboard, ListChecks, LogOut, MapPinned, ScanSearch, Settings, Tags, Trash2 } from "lucide-react";
import { useMutation, useQuery } from "urql";
import { FolderNav } from "@/folders/FolderNav";
import { IconButton } from "@/kit/Button";
import { ServerStats } from "@/server/ServerStats";
import { LogoutMutation, SessionQuery } from "@/session/documents";
import { texts } from "@/texts";
import { ThemeSwitch } from "@/theme/ThemeSwitch";
import { Logo } from "./Logo";
import { NavItem } from "./NavItem";

export function Sidebar({ onHelp }: { onHelp: () => void }) {
  const [{ data }] = useQuery({ query: SessionQuery });
  const [, logout] = useMutation(LogoutMutation);
  return (
    <aside aria-label={texts.navigation.sidebar} className="flex h-full flex-col gap-4 p-3">
      <div className="px-2 pt-2 pb-1"><Logo /></div>
      <nav aria-label={texts.navigation.label} className="min-h-0 flex-1 overflow-y-auto">
        <div className="space-y-0.5">
          <NavItem to="/" icon={Images} label={texts.navigation.library} />
          <NavItem to="/favorites" icon={Heart} label={texts.navigation.favorites} />
          <NavItem to="/search" icon={ScanSearch} label={texts.navigation.search} />
          <NavItem to="/tags" icon={Tags} label={texts.navigation.tags} />
          <NavItem to="/groups" icon={Group} label={texts.navigation.groups} />
          <NavItem to="/duplicates" icon={Copy} label={texts.navigation.duplicates} />
          <NavItem to="/map" icon={MapPinned} label={texts.navigation.map} />
        </div>
        <FolderNav />
        <h2 className="mt-5 mb-1 pl-3 text-xs font-semibold text-muted">{texts.navigation.manage}</h2>
        <div className="space-y-0.5">
          <NavItem to="/trash" icon={Trash2} label={texts.navigation.trash} />
          <NavItem to="/jobs" icon={ListChecks} label={texts.navigation.jobs} />
          <NavItem to="/statistics" icon={ChartColumn} label={texts.navigation.statistics} />
          <NavItem to="/settings" icon={Settings} label={texts.navigation.settings} />
        </div>
      </nav>
      <ServerStats />
      <div className="flex items-center justify-between">
        <ThemeSwitch />
        <div className="flex">
          <IconButton icon={Keyboard} label={texts.shortcuts.title} onClick={onHelp} />
          <a href="/graphiql" aria-label={texts.navigation.api} title={texts.navigation.api} className="grid size-9 place-items-center rounded-lg text-muted hover:bg-hover hover:text-ink pointer-coarse:size-11"><Braces aria-hidden size={19} /></a>
          {data?.session.isRequired && <IconButton icon={LogOut} label={texts.navigation.signOut} onClick={() => void logout({})} />}
        </div>
      </div>
    </aside>
  );
}
