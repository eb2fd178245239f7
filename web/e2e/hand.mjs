// A hand on a phone: what it taps and types is done in the page at once, and the time that a person needs for it is added.
export const TAP = 1.2; // seconds
export const CHARACTER = 0.28;

/** The phone of the measurements: 150 ms to the server and back, 1.6 Mbit/s, a processor four times slower. */
export async function slow_phone(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
}

/** Bytes of scripts as they came over the line, with their heads; each address once. */
export async function count_scripts(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  const scripts = new Map(); // request -> address
  const sizes = new Map(); // address -> bytes
  devtools.on("Network.responseReceived", ({ requestId, type, response }) => type === "Script" && scripts.set(requestId, response.url));
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const address = scripts.get(requestId);
    if (address && encodedDataLength > 0) sizes.set(address, Math.max(sizes.get(address) ?? 0, encodedDataLength));
  });
  return { files: () => sizes.size, bytes: () => [...sizes.values()].reduce((all, each) => all + each, 0) };
}

export class Hand {
  steps = [];
  #taps = 0;
  #characters = 0;
  #begun = 0;

  count(taps) {
    this.#taps += taps;
  }

  async tap(place) {
    this.#taps += 1;
    await place.tap();
  }

  /** Into the field first, then letter by letter. */
  async type(place, text) {
    await this.tap(place);
    this.#characters += text.length;
    await place.pressSequentially(text);
  }

  /** A list is opened and a row of it taken. */
  async choose(place, value) {
    this.#taps += 2;
    await place.selectOption(value);
  }

  async step(name, work) {
    this.#taps = 0;
    this.#characters = 0;
    this.#begun = performance.now();
    await work();
    const measured = (performance.now() - this.#begun) / 1000;
    this.steps.push({ name, measured, taps: this.#taps, characters: this.#characters, seconds: measured + this.#taps * TAP + this.#characters * CHARACTER });
  }

  get sum() {
    return this.steps.reduce((total, each) => total + each.seconds, 0);
  }

  table() {
    const row = (name, measured, taps, characters, seconds) => `     ${measured.padStart(9)} ${taps.padStart(6)} ${characters.padStart(11)} ${seconds.padStart(9)}  ${name}`;
    const of = (each) => row(each.name, each.measured.toFixed(1), String(each.taps), String(each.characters), each.seconds.toFixed(1));
    const total = (field) => this.steps.reduce((all, each) => all + each[field], 0);
    return [row("step", "measured", "taps", "characters", "seconds"), ...this.steps.map(of), of({ name: "from landing to the signed policy", measured: total("measured"), taps: total("taps"), characters: total("characters"), seconds: this.sum })].join("\n");
  }
}

/** In the page, from the start: how long after each tap and key something was painted, and the largest paint. */
export function keep_times() {
  window.anlan_times = [];
  window.anlan_largest = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.interactionId > 0) window.anlan_times.push(entry.duration);
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.anlan_largest = entry.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
}

export function percentile(values, part) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? 0;
}
