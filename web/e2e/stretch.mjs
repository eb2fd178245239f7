// A language of the tests: each text of the pages is 40 % longer, on its way from the server to the browser.
const TEXTS = /\/assets\/(?:desk_)?(?:words_)?(?:zh|en)-[^/]*\.js$/;

function longer(text) {
  const bare = text.replace(/\{\w+\}/g, "").trim();
  const wanted = Math.ceil(bare.length * 0.4);
  if (wanted === 0) return text;
  const filler = bare.repeat(3).slice(0, wanted);
  // A single word grows as a word does, which cannot be broken; several words get one more.
  return /\s/.test(bare) ? `${text} ${filler.trim()}` : text + filler;
}

const grown = (value) =>
  typeof value === "string" ? longer(value) : value !== null && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, grown(each)])) : value;

/** Answers with the set of files whose texts were made longer, which grows as they are asked for. */
export async function stretched(context) {
  const changed = new Set();
  await context.route(TEXTS, async (route) => {
    const reply = await route.fetch();
    const module = await import(`data:text/javascript;base64,${Buffer.from(await reply.text()).toString("base64")}`);
    const lines = Object.entries(module).map(([name, value], at) => `const v${at} = ${JSON.stringify(grown(value))}; export { v${at} as ${name} };`);
    changed.add(new URL(route.request().url()).pathname);
    await route.fulfill({ status: 200, contentType: "text/javascript; charset=utf-8", body: lines.join("\n") });
  });
  return changed;
}
