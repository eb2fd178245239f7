// The field of a file. It forgets what it holds when it is opened, so that the same file, mended meanwhile, can be chosen again.
import type { FieldProps } from "./parts";

interface FileInputProps {
  given: Parameters<FieldProps["children"]>[0];
  accept: string;
  take: (file: File) => void;
}

export function FileInput({ given, accept, take }: FileInputProps) {
  return (
    <input
      {...given}
      type="file"
      accept={accept}
      onClick={(event) => {
        event.currentTarget.value = "";
      }}
      onChange={(event) => {
        const file = event.target.files?.[0];
        if (file) take(file);
      }}
    />
  );
}
