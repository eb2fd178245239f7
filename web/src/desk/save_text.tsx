// A text of this page as a file.
import { Button } from "../ui/parts";
import { save_file } from "../ui/save_file";

export function SaveText({ name, text, children }: { name: string; text: string; children: string }) {
  return (
    <Button kind="plain" onClick={() => save_file(name, "text/plain;charset=utf-8", text)}>
      {children}
    </Button>
  );
}
