// A file that was made here or by the service, to be saved.
import { useEffect, useState, type ReactNode } from "react";

export function bytes_of(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
}

export function FileLink({ name, type, content, children }: { name: string; type: string; content: string | Uint8Array<ArrayBuffer>; children: ReactNode }) {
  const [address, set_address] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([content], { type }));
    set_address(made);
    return () => URL.revokeObjectURL(made);
  }, [content, type]);
  return (
    <p>
      <a href={address} download={name}>
        {children}
      </a>
    </p>
  );
}
