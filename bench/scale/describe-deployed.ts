import { SITE_NAMES } from "../../lab/network/address-plan";
import type { StackName } from "../../lab/program/stack";
import { PROXIES } from "../path/proxies";
import type { Plot } from "../plots";
import { formatNumber, spreadOf } from "../statistics";
import type { Table } from "../table";
import type { DeployedSample, DeployedSize } from "./deployed";
import { CHANGES } from "./istiod-sample";

const SIZE = "services × clients";
const OPERATIONS = ["up", "upAtOnce", "unchanged", "preview"] as const;

const NAMES = {
  up: "`up`",
  upAtOnce: "`up` that saves once",
  unchanged: "unchanged `up`",
  preview: "preview",
} as const;

const ISTIOD_NOTE =
  "During `up`, istiod collects changes (`pilot_debounce_time`), and then pushes them to each proxy (`pilot_proxy_convergence_time`): " +
  `upper limits of its histograms. A change: ${CHANGES} changes of a ServiceEntry that all proxies see, one after the other, each from the end ` +
  "of `kubectl patch` until all proxies have acknowledged it.";

/** The tables of the deployed sizes. */
export function describeDeployed(samples: readonly DeployedSample[]): readonly Table[] {
  return [
    {
      title: "In the lab: seconds and processor seconds of each stack",
      columns: [
        SIZE,
        ...OPERATIONS.flatMap((operation) =>
          SITE_NAMES.map((end) => `${NAMES[operation]}, ${end}`),
        ),
      ],
      rows: samples.map((sample) => [
        nameOf(sample),
        ...OPERATIONS.flatMap((operation) =>
          SITE_NAMES.map((end) => {
            const { seconds, processorSeconds } = sample[operation][end];
            return `${formatNumber(seconds)} / ${formatNumber(processorSeconds)}`;
          }),
        ),
      ]),
      note:
        "`up` starts from one other service and one client, and runs once, and once more with " +
        "PULUMI_SKIP_CHECKPOINTS. The others: medians of the repeats. Processor seconds are " +
        "those of the program, which is already loaded, the engine and its plugins.",
    },
    ...SITE_NAMES.map((end) => describeIstiod(end, samples)),
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

function describeIstiod(end: StackName, samples: readonly DeployedSample[]): Table {
  return {
    title: `In the lab: istiod of the ${end}'s mesh`,
    columns: [
      SIZE,
      "processor s of `up`",
      "MiB",
      "collects, p99 s ≤",
      "pushes, p50 / p99 s ≤",
      "a change, p50 / longest s",
      "processor ms of a change",
    ],
    rows: samples.map((sample) => {
      const { processorSeconds, memoryMiB, collectP99, pushP50, pushP99 } = sample.istiod[end];
      const { seconds, processorMs } = sample.changes[end];
      const { median, max } = spreadOf(seconds);
      return [
        nameOf(sample),
        formatNumber(processorSeconds),
        formatNumber(memoryMiB),
        formatNumber(collectP99),
        `${formatNumber(pushP50)} / ${formatNumber(pushP99)}`,
        `${formatNumber(median)} / ${formatNumber(max)}`,
        formatNumber(processorMs),
      ];
    }),
    // The same for both, so it is below the second table.
    ...(end === "client" && { note: ISTIOD_NOTE }),
  };
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
