import { expect, test } from "vitest";

import { measureClient, measureServer } from "../../../../bench/scale/recorded";

/** Resources that the last step of each series adds. */
async function growth(measure: (size: number) => Promise<{ readonly resources: number }>) {
  const counts = [];
  for (const size of [1, 2, 3]) counts.push((await measure(size)).resources);
  const [one = 0, two = 0, three = 0] = counts;
  return [two - one, three - two];
}

test("each further service and each further client adds as many resources as the one before", async () => {
  for (const series of [
    await growth((size) => measureServer(size, size)),
    await growth(measureClient),
  ]) {
    expect(series[0]).toBeGreaterThan(0);
    expect(series[1]).toBe(series[0]);
  }
});

test("a client of several servers has the hosts of each, and the objects of a further server", async () => {
  const [one, two, more] = [
    await measureClient(4, 1),
    await measureClient(4, 2),
    await measureClient(6, 2),
  ];
  expect(two.resources).toBeGreaterThan(one.resources);
  const perHost = (await measureClient(5, 1)).resources - one.resources;
  expect(more.resources - two.resources).toBe(2 * perHost);
});
