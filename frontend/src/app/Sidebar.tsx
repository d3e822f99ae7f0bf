import { Braces, Keyboard, LogOut } from "lucide-react";
import { use } from "react";
import { useQuery } from "urql";
import { FolderNav } from "@/folders/FolderNav";
import { IconButton } from "@/kit/Button";
import { ServerStats } from "@/server/ServerStats";
import { SessionQuery } from "@/session/documents";
import { SignOut } from "@/session/SignOut";
import { texts } from "@/texts";
import { ThemeSwitch } from "@/theme/ThemeSwitch";
import { Logo } from "./Logo";
import { NavItem } from "./NavItem";
import { MANAGING, SCREENS } from "./screens";

export function Sidebar({ onHelp }: { onHelp: () => void }) {
  const [{ data }] = useQuery({ query: SessionQuery });
  const signOut = use(SignOut);
  return (
    <aside aria-label={texts.navigation.sidebar} className="flex h-full flex-col gap-4 p-3">
      <div className="px-2 pt-2 pb-1"><Logo /></div>
      <nav aria-label={texts.navigation.label} className="min-h-0 flex-1 overflow-y-auto">
        <div className="space-y-0.5">
          {SCREENS.map((screen) => <NavItem key={screen.to} {...screen} />)}
        </div>
        <FolderNav />
        <h2 className="mt-5 mb-1 pl-3 text-xs font-semibold text-muted">{texts.navigation.manage}</h2>
        <div className="space-y-0.5">
          {MANAGING.map((screen) => <NavItem key={screen.to} {...screen} />)}
        </div>
      </nav>
      <ServerStats />
      <div className="flex items-center justify-between">
        <ThemeSwitch />
        <div className="flex">
          <IconButton icon={Keyboard} label={texts.shortcuts.title} onClick={onHelp} />
          <a href="/graphiql" aria-label={texts.navigation.api} title={texts.navigation.api} className="grid size-9 place-items-center rounded-lg text-muted hover:bg-hover hover:text-ink pointer-coarse:size-11"><Braces aria-hidden size={19} /></a>
          {data?.session.isRequired && <IconButton icon={LogOut} label={texts.navigation.signOut} onClick={signOut} />}
        </div>
      </div>
    </aside>
  );
}
