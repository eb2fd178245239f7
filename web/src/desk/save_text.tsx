// A text of this page as a file.
import { useRef } from "react";
import { Button } from "../ui/parts";

export function SaveText({ name, text, children }: { name: string; text: string; children: string }) {
  const link = useRef<HTMLAnchorElement>(null);
  function save() {
    if (!link.current) return;
    const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
    link.current.href = address;
    link.current.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }
  return (
    <>
      <Button kind="plain" onClick={save}>
        {children}
      </Button>
      <a ref={link} hidden download={name} />
    </>
  );
}
