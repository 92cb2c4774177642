import type { Options } from "../options";
import { interleave } from "../repeat";
import type { Result } from "../result";
import { formatNumber, formatSpread, spreadOf } from "../statistics";
import type { Table } from "../table";
import { describeDeployed, measureDeployed } from "./deployed";
import { measureClient, measureServer, type RecordedSample } from "./recorded";

const SERVICES = [1, 10, 50, 250];
const CLIENTS = [1, 5, 20];
/** About the most hosts that one server may have, because of the name constraints of its CA. */
const LARGEST = { services: 1000, clients: 100 };

interface Size {
  readonly services: number;
  readonly clients?: number;
}

/** Runs the programs against mocks, for many services and clients. With `--deploy`, also deploys some sizes in the lab. */
export async function run({ repeats, deploy }: Options): Promise<Result> {
  const deployed = deploy ? await measureDeployed() : [];
  // The first run loads and compiles the program.
  await measureServer(1, 1);
  await measureClient(1);
  const sizes = SERVICES.flatMap((services) => CLIENTS.map((clients) => ({ services, clients })));
  const server: readonly Size[] = [...sizes, LARGEST];
  const client: readonly Size[] = [...SERVICES, LARGEST.services].map((services) => ({ services }));
  const servers = await measureAll(server, repeats);
  const clients = await measureAll(client, repeats);
  return {
    tables: [
      ...(deploy ? [describeDeployed(deployed)] : []),
      table("The server's program", servers),
      table("The client's program", clients),
    ],
    plots: [
      {
        name: "scale-program",
        title: "Time of the program",
        kind: "line",
        unit: "s",
        logarithmic: true,
        categories: SERVICES.map((services) => `${services} services`),
        series: [
          ...CLIENTS.map((count) => ({
            name: `server, ${count} clients`,
            values: servers
              .filter(({ size }) => size.clients === count)
              .map(({ samples }) => spreadOf(samples.map(({ seconds }) => seconds)).median),
          })),
          {
            name: "client",
            values: clients
              .slice(0, SERVICES.length)
              .map(({ samples }) => spreadOf(samples.map(({ seconds }) => seconds)).median),
          },
        ],
      },
    ],
    samples: { servers, clients, deployed },
  };
}

interface Measured {
  readonly size: Size;
  readonly samples: readonly RecordedSample[];
}

async function measureAll(sizes: readonly Size[], repeats: number): Promise<readonly Measured[]> {
  const variants = sizes.map(({ services, clients }) => ({
    name: `${services}/${clients ?? ""}`,
    measure: () =>
      clients === undefined ? measureClient(services) : measureServer(services, clients),
  }));
  const samples = await interleave(variants, repeats);
  return sizes.map((size, index) => ({
    size,
    samples: samples.get(variants[index]?.name ?? "") ?? [],
  }));
}

function table(title: string, measured: readonly Measured[]): Table {
  return {
    title,
    columns: ["", "resources", "inputs, KiB", "seconds", "ms per service"],
    rows: measured.map(({ size: { services, clients }, samples }) => {
      const seconds = spreadOf(samples.map((sample) => sample.seconds));
      return [
        clients === undefined ? `${services} services` : `${services} services, ${clients} clients`,
        String(samples[0]?.resources ?? 0),
        formatNumber(samples[0]?.kiB ?? 0),
        formatSpread(seconds),
        formatNumber((seconds.median * 1000) / services),
      ];
    }),
    note: "Only the program, against mocks: without the engine, the plugins and the cluster.",
  };
}
