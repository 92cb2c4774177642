import { PROXIES } from "../path/proxies";
import type { Plot } from "../plots";
import { formatNumber, spreadOf } from "../statistics";
import type { Table } from "../table";
import type { DeployedSample, DeployedSize } from "./deployed";
import { CHANGES } from "./istiod-sample";

const SIZE = "services × clients";
const ENDS = ["server", "client"] as const;
const OPERATIONS = ["up", "unchanged", "preview"] as const;

const NAMES = { up: "`up`", unchanged: "unchanged `up`", preview: "preview" } as const;

/** The tables of the deployed sizes. */
export function describeDeployed(samples: readonly DeployedSample[]): readonly Table[] {
  return [
    {
      title: "In the lab: seconds and processor seconds of each stack",
      columns: [
        SIZE,
        ...OPERATIONS.flatMap((operation) => ENDS.map((end) => `${NAMES[operation]}, ${end}`)),
      ],
      rows: samples.map((sample) => [
        nameOf(sample),
        ...OPERATIONS.flatMap((operation) =>
          ENDS.map((end) => {
            const { seconds, processorSeconds } = sample[operation][end];
            return `${formatNumber(seconds)} / ${formatNumber(processorSeconds)}`;
          }),
        ),
      ]),
      note:
        "`up` starts from one other service and one client, and runs once. The others: medians of the repeats. Processor seconds are " +
        "those of the program, which is already loaded, the engine and its plugins.",
    },
    {
      title: "In the lab: istiod of each mesh",
      columns: [
        SIZE,
        ...ENDS.flatMap((end) => [
          `${end}: processor s of \`up\``,
          "MiB",
          "push during `up`, p50 / p99 s ≤",
          "a change, p50 / longest s",
          "processor ms of a change",
        ]),
      ],
      rows: samples.map((sample) => [
        nameOf(sample),
        ...ENDS.flatMap((end) => {
          const during = sample.istiod[end];
          const { seconds, processorMs } = sample.changes[end];
          const { median, max } = spreadOf(seconds);
          return [
            formatNumber(during.processorSeconds),
            formatNumber(during.memoryMiB),
            `${formatNumber(during.pushP50)} / ${formatNumber(during.pushP99)}`,
            `${formatNumber(median)} / ${formatNumber(max)}`,
            formatNumber(processorMs),
          ];
        }),
      ]),
      note:
        "During `up`: upper limits of istiod's histogram pilot_proxy_convergence_time. " +
        `A change: ${CHANGES} changes of a ServiceEntry, from the API server's answer until all proxies have acknowledged it.`,
    },
    {
      title: "In the lab: proxies",
      columns: [SIZE, ...PROXIES.flatMap((name) => [`${name}, MiB`, "configuration, KiB"])],
      rows: samples.map((sample) => [
        nameOf(sample),
        ...PROXIES.flatMap((name) => {
          const { memoryMiB, configKiB } = sample.proxies[name];
          return [formatNumber(memoryMiB), formatNumber(configKiB)];
        }),
      ]),
      note: "Memory is that of one Envoy. Its configuration is the text of `/config_dump`.",
    },
  ];
}

/** The plot of the deployed sizes with the most clients. */
export function plotDeployed(samples: readonly DeployedSample[]): Plot {
  const most = Math.max(...samples.map(({ clients }) => clients));
  const shown = samples.filter(({ clients }) => clients === most);
  return {
    name: "scale-deployed",
    title: `Both stacks, ${most} clients`,
    kind: "line",
    unit: "s",
    logarithmic: true,
    categories: shown.map(({ services }) => `${services} services`),
    series: OPERATIONS.map((operation) => ({
      name: NAMES[operation].replaceAll("`", ""),
      values: shown.map(
        (sample) => sample[operation].server.seconds + sample[operation].client.seconds,
      ),
    })),
  };
}

const nameOf = ({ services, clients }: DeployedSize) => `${services} × ${clients}`;
