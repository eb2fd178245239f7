// Which rows of a long table are drawn: those in sight and some around them. Rows stand in blocks; a block that was drawn
// once is as tall as it was then, one that never was is taken as tall as the others. No page, so that it is tested alone.
export const ROWS_ALL = 400; // a table of at most so many is drawn whole
export const BLOCK = 10; // rows
const AROUND = 1; // blocks drawn before and after what is in sight

export interface Window {
  first: number; // block
  end: number; // block behind the last
  before: number; // pixels of what stands above, not drawn
  after: number;
}

/** `known`: pixels of each block that was drawn, by its number; `row`: pixels of a row elsewhere. */
export function window_of(rows: number, known: ReadonlyMap<number, number>, row: number, sight: { top: number; height: number }): Window {
  const blocks = Math.ceil(rows / BLOCK);
  const tall = (block: number) => known.get(block) ?? Math.min(BLOCK, rows - block * BLOCK) * row;
  let at = 0;
  let first = 0;
  while (first < blocks - 1 && at + tall(first) <= sight.top) at += tall(first++);
  let end = first;
  let bottom = at;
  while (end < blocks && bottom < sight.top + sight.height) bottom += tall(end++);
  for (let more = 0; more < AROUND && first > 0; ++more) at -= tall(--first);
  for (let more = 0; more < AROUND && end < blocks; ++more) bottom += tall(end++);
  let after = 0;
  for (let block = end; block < blocks; ++block) after += tall(block);
  return { first, end, before: at, after };
}
