// A text with numbered lines. Findings mark their lines, and a line can be gone to.
import { useImperativeHandle, useRef, type Ref } from "react";
import { lines_of } from "./line_diff";

export interface EditorHandle {
  go_to: (line: number, column: number) => void;
}

interface EditorProps {
  given: { id: string; name: string; "aria-describedby": string | undefined; "aria-invalid": boolean | undefined };
  value: string;
  change: (text: string) => void;
  /** Lines with an error. */
  marked: Set<number>;
  ref?: Ref<EditorHandle>;
}

export function Editor({ given, value, change, marked, ref }: EditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const count = Math.max(lines_of(value).length + (value.endsWith("\n") ? 1 : 0), 12);
  useImperativeHandle(ref, () => ({
    go_to(line, column) {
      const lines = value.split("\n");
      const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
      const end = start + (lines[line - 1]?.length ?? 0);
      area.current?.focus({ preventScroll: true });
      area.current?.setSelectionRange(Math.min(start + Math.max(column - 1, 0), end), end);
      if (!box.current) return;
      box.current.scrollTop = (box.current.scrollHeight / count) * Math.max(0, line - 4);
      box.current.scrollIntoView({ block: "nearest" });
    },
  }));
  return (
    <div className="editor" ref={box}>
      <ol className="editor-lines" aria-hidden="true">
        {Array.from({ length: count }, (_, at) => (
          <li key={at} className={marked.has(at + 1) ? "editor-marked" : undefined}>
            {at + 1}
          </li>
        ))}
      </ol>
      <textarea {...given} ref={area} wrap="off" rows={count} spellCheck={false} autoCapitalize="off" autoComplete="off" value={value} onChange={(event) => change(event.target.value)} />
    </div>
  );
}
