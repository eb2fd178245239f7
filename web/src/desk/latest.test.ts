import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LatestOnly, type Latest } from "./latest";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function desk() {
  const asked: string[] = [];
  const ends: Record<string, { done: (answer: string) => void; failed: (why: Error) => void; part: (answer: string) => void }> = {};
  const told: Latest<string, string>[] = [];
  const asks = (question: string, part: (answer: string) => void) =>
    new Promise<string>((done, failed) => {
      asked.push(question);
      ends[question] = { done, failed, part };
    });
  const latest = new LatestOnly(asks, (state) => told.push(state), 300, () => Date.now());
  const last = () => told[told.length - 1];
  const end = async (question: string, answer: string) => {
    ends[question]?.done(answer);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { asked, ends, latest, last, end };
}

it("waits for a pause in the typing, and asks once", async () => {
  const { asked, latest } = desk();
  for (const each of ["3", "30", "300"]) {
    latest.want(each);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(300);
  expect(asked).toEqual(["300"]);
});

it("asks one at a time; an answer to what is no longer asked is never shown", async () => {
  const { asked, latest, last, end } = desk();
  latest.want("old");
  await vi.advanceTimersByTimeAsync(300);
  latest.want("between");
  latest.want("new");
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked).toEqual(["old"]);
  await end("old", "answer to old");
  expect(last()?.answered).toBeNull();
  await vi.advanceTimersByTimeAsync(300);
  expect(asked).toEqual(["old", "new"]);
  await vi.advanceTimersByTimeAsync(200);
  await end("new", "answer to new");
  expect(last()?.answered).toEqual({ of: "new", answer: "answer to new", whole: true, took: 200 });
  expect(last()?.since).toBeNull();
});

it("shows a part of the answer before the whole", async () => {
  const { ends, latest, last, end } = desk();
  latest.want("one");
  await vi.advanceTimersByTimeAsync(300);
  ends["one"]?.part("price");
  expect(last()?.answered).toMatchObject({ answer: "price", whole: false });
  await end("one", "price and risk");
  expect(last()?.answered).toMatchObject({ answer: "price and risk", whole: true });
});

it("a refusal belongs to its question, and the answer before it stays", async () => {
  const { ends, latest, last, end } = desk();
  latest.want("one");
  await vi.advanceTimersByTimeAsync(300);
  await end("one", "first");
  latest.want("two");
  await vi.advanceTimersByTimeAsync(300);
  ends["two"]?.failed(new Error("no"));
  await vi.advanceTimersByTimeAsync(0);
  expect(last()).toMatchObject({ since: null, answered: { of: "one" }, fault: { of: "two" } });
});

it("asks again at once after a fault, and not while it works", async () => {
  const { asked, ends, latest, last, end } = desk();
  latest.again();
  expect(asked).toEqual([]);
  latest.want("one");
  await vi.advanceTimersByTimeAsync(300);
  latest.again();
  expect(asked).toEqual(["one"]);
  ends["one"]?.failed(new Error("no"));
  await vi.advanceTimersByTimeAsync(0);
  expect(last()?.fault).toMatchObject({ of: "one" });
  latest.again();
  expect(asked).toEqual(["one", "one"]);
  expect(last()?.fault).toBeNull();
  await end("one", "answer");
  expect(last()).toMatchObject({ since: null, fault: null, answered: { of: "one", answer: "answer" } });
});

it("says nothing after it was stopped", async () => {
  const { latest, last, end } = desk();
  latest.want("one");
  await vi.advanceTimersByTimeAsync(300);
  const before = last();
  latest.stop();
  await end("one", "late");
  expect(last()).toBe(before);
});
