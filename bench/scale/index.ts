import type { Options } from "../options";
import { interleave } from "../repeat";
import type { Result } from "../result";
import { formatNumber, formatSpread, spreadOf } from "../statistics";
import type { Table } from "../table";
import { type DeployedSize, measureDeployed } from "./deployed";
import { describeDeployed, plotDeployed } from "./describe-deployed";
import { measureClient, measureServer, type RecordedSample } from "./recorded";

const SERVICES = [1, 10, 50, 250];
const CLIENTS = [1, 5, 20];
/** About the most hosts that one server may have, because of the name constraints of its CA. */
const LARGEST = { services: 1000, clients: 100 };
/** A client of two such servers. */
const TWO_SERVERS = { services: 2 * LARGEST.services, servers: 2 };

/** The sizes to deploy: the numbers in between with one service only, because a large size takes minutes. */
function isDeployed({ services, clients }: DeployedSize): boolean {
  return services === 1 || clients === CLIENTS.at(0) || clients === CLIENTS.at(-1);
}

interface Size {
  readonly services: number;
  /** Only for the server's program. */
  readonly clients?: number;
  readonly servers?: number;
}

/** Runs the programs against mocks, for many services and clients. With `--deploy`, also deploys most of them in the lab. */
export async function run({ repeats, deploy }: Options): Promise<Result> {
  const sizes = SERVICES.flatMap((services) => CLIENTS.map((clients) => ({ services, clients })));
  const deployed = deploy ? await measureDeployed(sizes.filter(isDeployed), repeats) : [];
  // The first run loads and compiles the program.
  await measureServer(1, 1);
  await measureClient(1);
  const server: readonly Size[] = [...sizes, LARGEST];
  const client: readonly Size[] = [
    ...[...SERVICES, LARGEST.services].map((services) => ({ services })),
    TWO_SERVERS,
  ];
  const servers = await measureAll(server, repeats);
  const clients = await measureAll(client, repeats);
  return {
    tables: [
      ...(deploy ? describeDeployed(deployed) : []),
      table("The server's program", "services × clients", servers),
      table("The client's program", "services", clients),
    ],
    plots: [
      ...(deploy ? [plotDeployed(deployed)] : []),
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
  const variants = sizes.map((size) => ({
    name: nameOf(size),
    measure: () =>
      size.clients === undefined
        ? measureClient(size.services, size.servers)
        : measureServer(size.services, size.clients),
  }));
  const samples = await interleave(variants, repeats);
  return sizes.map((size) => ({ size, samples: samples.get(nameOf(size)) ?? [] }));
}

function nameOf({ services, clients, servers = 1 }: Size): string {
  if (clients !== undefined) return `${services} × ${clients}`;
  return servers > 1 ? `${services} of ${servers} servers` : String(services);
}

function table(title: string, size: string, measured: readonly Measured[]): Table {
  return {
    title,
    columns: [size, "resources", "inputs, KiB", "largest, KiB", "seconds", "ms per service"],
    rows: measured.map(({ size, samples }) => {
      const seconds = spreadOf(samples.map((sample) => sample.seconds));
      return [
        nameOf(size),
        String(samples[0]?.resources ?? 0),
        formatNumber(samples[0]?.kiB ?? 0),
        formatNumber(samples[0]?.largestKiB ?? 0),
        formatSpread(seconds),
        formatNumber((seconds.median * 1000) / size.services),
      ];
    }),
    note: "Only the program, against mocks: without the engine, the plugins and the cluster.",
  };
}
