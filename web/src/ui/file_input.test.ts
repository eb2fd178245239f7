import { expect, it } from "vitest";
import { FileInput } from "./file_input";

it("gives the file on, and is empty when it is opened, so that the same file can be chosen again", () => {
  const taken: string[] = [];
  const given = { id: "f", name: "file", "aria-describedby": undefined, "aria-invalid": undefined };
  const { props } = FileInput({ given, accept: ".csv", take: (file) => taken.push(file.name) });
  const field = { files: [{ name: "list.csv" }], value: "list.csv" };
  props.onChange({ target: field });
  expect([taken, field.value]).toEqual([["list.csv"], "list.csv"]);
  props.onClick({ currentTarget: field });
  expect(field.value).toBe("");
  props.onChange({ target: { files: [] } });
  expect(taken).toEqual(["list.csv"]);
});
