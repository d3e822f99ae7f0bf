import { Download, Ellipsis } from "lucide-react";
import { IconButton } from "@/kit/Button";
import { Menu, MenuItem } from "@/kit/Menu";
import { texts } from "@/texts";
import { useDownloads } from "./DownloadsContext";

/** What can be done with the library as a whole. */
export function LibraryMenu() {
  const { download } = useDownloads();
  return (
    <Menu trigger={<IconButton icon={Ellipsis} label={texts.library.menu} />}>
      <MenuItem icon={Download} onSelect={() => void download({ filter: {} }, texts.downloads.library)}>{texts.downloads.everything}</MenuItem>
    </Menu>
  );
}
