import { expect, test } from "vitest";

import { measureClient, measureServer } from "../../../../bench/scale/recorded";

/** Resources that the last step of each series adds. */
async function growth(measure: (size: number) => Promise<{ readonly resources: number }>) {
  const counts = [];
  for (const size of [2, 3, 4]) counts.push((await measure(size)).resources);
  const [two = 0, three = 0, four = 0] = counts;
  return [three - two, four - three];
}

test("each further service and each further client adds as many resources as the one before", async () => {
  for (const series of [
    await growth((services) => measureServer(services, 1)),
    await growth((clients) => measureServer(1, clients)),
    await growth(measureClient),
  ]) {
    expect(series[0]).toBeGreaterThan(0);
    expect(series[1]).toBe(series[0]);
  }
});
