import { recordClient, recordServer, serverIsUp } from "../../test/support/stacks";
import { hostOf, settingsOf } from "./settings";

/** What the program registers for a size, without an engine. */
export interface RecordedSample {
  readonly seconds: number;
  readonly resources: number;
  /** Size of all inputs as JSON. */
  readonly kiB: number;
  /** Size of the largest inputs of a resource as JSON. */
  readonly largestKiB: number;
}

/** Runs the server's program against mocks. */
export async function measureServer(services: number, clients: number): Promise<RecordedSample> {
  return measure(async () => (await recordServer(settingsOf(services, clients))).resources);
}

/** Runs the client's program against mocks. The services belong to as many servers in equal parts. */
export async function measureClient(services: number, servers = 1): Promise<RecordedSample> {
  const hostsOf = (server: number) =>
    Array.from({ length: services / servers }, (_, index) => hostOf(index * servers + server));
  const names = Array.from({ length: servers - 1 }, (_, index) => `server-${index + 2}`);
  const further = names.map((name, index) => [name, { ...serverIsUp, hosts: hostsOf(index + 1) }]);
  const settings = { additionalServers: names.map((name) => ({ name })) };
  return measure(
    async () =>
      (
        await recordClient(
          servers > 1 ? settings : {},
          { ...serverIsUp, hosts: hostsOf(0) },
          Object.fromEntries(further) as Record<string, typeof serverIsUp>,
        )
      ).resources,
  );
}

async function measure(
  record: () => Promise<readonly { readonly inputs: object }[]>,
): Promise<RecordedSample> {
  const startedAt = performance.now();
  const resources = await record();
  const seconds = (performance.now() - startedAt) / 1000;
  const sizes = resources.map(({ inputs }) => JSON.stringify(inputs).length / 1024);
  const kiB = sizes.reduce((sum, size) => sum + size, 0);
  return { seconds, resources: resources.length, kiB, largestKiB: Math.max(...sizes) };
}
