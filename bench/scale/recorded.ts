import { recordClient, recordServer, serverIsUp } from "../../test/support/stacks";
import { hostOf, settingsOf } from "./settings";

/** What the program registers for a size, without an engine. */
export interface RecordedSample {
  readonly seconds: number;
  readonly resources: number;
  /** Size of all inputs as JSON. */
  readonly kiB: number;
}

/** Runs the server's program against mocks. */
export async function measureServer(services: number, clients: number): Promise<RecordedSample> {
  return measure(async () => (await recordServer(settingsOf(services, clients))).resources);
}

/** Runs the client's program against mocks. */
export async function measureClient(services: number): Promise<RecordedSample> {
  const hosts = Array.from({ length: services }, (_, index) => hostOf(index));
  return measure(async () => (await recordClient({}, { ...serverIsUp, hosts })).resources);
}

async function measure(
  record: () => Promise<readonly { readonly inputs: object }[]>,
): Promise<RecordedSample> {
  const startedAt = performance.now();
  const resources = await record();
  const seconds = (performance.now() - startedAt) / 1000;
  const bytes = resources.reduce((sum, { inputs }) => sum + JSON.stringify(inputs).length, 0);
  return { seconds, resources: resources.length, kiB: bytes / 1024 };
}
