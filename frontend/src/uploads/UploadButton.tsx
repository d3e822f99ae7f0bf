import { Upload as UploadIcon } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/kit/Button";
import { useShortcuts } from "@/shortcuts/useShortcuts";
import { texts } from "@/texts";
import { useUploads } from "./UploadsContext";

interface UploadButtonProps {
  folderId?: string | undefined;
  label?: string;
  /** The one that the shortcut presses. */
  isMain?: boolean;
}

export function UploadButton({ folderId, label = texts.uploads.upload, isMain = false }: UploadButtonProps) {
  const { upload } = useUploads();
  const input = useRef<HTMLInputElement>(null);
  useShortcuts({ upload: () => input.current?.click() }, { isEnabled: isMain });
  return (
    <>
      <Button tone="primary" icon={UploadIcon} onClick={() => input.current?.click()}><span className="max-[22.5rem]:sr-only">{label}</span></Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-label={texts.uploads.pick}
        onChange={(event) => {
          upload([...(event.target.files ?? [])], folderId);
          event.target.value = "";
        }}
      />
    </>
  );
}
