import type { Plot } from "../plots";
import type { Result } from "../result";
import { formatNumber, formatSpread, ratioOf, spreadOf } from "../statistics";
import type { Table } from "../table";
import type { PathSample } from "./measure";
import { PROXIES } from "./proxies";
import { DEPLOYED, STATIC } from "./ways";

/** The samples of each way under one load. */
export interface PathMeasurement {
  readonly title: string;
  readonly samples: ReadonlyMap<string, readonly PathSample[]>;
}

/** What is measured on the path. */
export interface PathMeasurements {
  readonly saturation: readonly PathMeasurement[];
  readonly rates: readonly PathMeasurement[];
  readonly bodies: readonly PathMeasurement[];
}

const NOTE =
  "Median (smallest–largest) of the repeats. Ratios are to the static chain in the same repeat. Processor time is that of all four proxies.";

/** The tables and plots of the path. */
export function describePath(measured: PathMeasurements): Result {
  const { saturation, rates, bodies } = measured;
  const atReference = saturation.find(({ title }) => title === "32 connections") ?? saturation[0];
  return {
    tables: [
      waysTable("Requests per second at saturation", saturation),
      waysTable("Latency at constant rates", rates),
      waysTable("Bodies of the answers, 8 connections", bodies),
      ...(atReference ? [proxiesTable(atReference)] : []),
    ],
    plots: [
      plot("path-requests", "Requests per second", "requests/s", saturation, "perSecond"),
      plot("path-latency", "p99 latency at constant rates", "ms", rates, "p99Ms"),
    ],
    samples: Object.fromEntries(
      Object.entries(measured).map(([name, list]) => [
        name,
        (list as readonly PathMeasurement[]).map(({ title, samples }) => ({
          title,
          samples: Object.fromEntries(samples),
        })),
      ]),
    ),
  };
}

type Figure = "perSecond" | "p50Ms" | "p90Ms" | "p99Ms" | "totalMs";

const pick = (samples: readonly PathSample[] | undefined, figure: Figure) =>
  (samples ?? []).map((sample) => sample[figure]);

function waysTable(title: string, measurements: readonly PathMeasurement[]): Table {
  return {
    title,
    columns: [
      "",
      ...["requests/s", "× static", "p50 ms", "p90 ms", "p99 ms", "× static"],
      ...["processor ms per request", "× static", "failed"],
    ],
    rows: measurements.flatMap(({ title: load, samples }) =>
      [...samples].map(([way, own]) => {
        const spread = (figure: Figure) => formatSpread(spreadOf(pick(own, figure)));
        const ratio = (figure: Figure) =>
          way === STATIC || (figure === "totalMs" && way !== DEPLOYED)
            ? ""
            : formatNumber(ratioOf(pick(own, figure), pick(samples.get(STATIC), figure)).median);
        return [
          `${load}, ${way}`,
          ...[spread("perSecond"), ratio("perSecond")],
          ...[spread("p50Ms"), spread("p90Ms"), spread("p99Ms"), ratio("p99Ms")],
          ...(pick(own, "totalMs").some((ms) => ms > 0)
            ? [spread("totalMs"), ratio("totalMs")]
            : ["", ""]),
          String(own.reduce((sum, { failed }) => sum + failed, 0)),
        ];
      }),
    ),
    note: NOTE,
  };
}

/** What each proxy needs. The requests that one processor serves say how much a proxy should request. */
function proxiesTable({ title, samples }: PathMeasurement): Table {
  const median = (way: string, proxy: (typeof PROXIES)[number]) =>
    spreadOf((samples.get(way) ?? []).map(({ proxyMs }) => proxyMs[proxy] ?? 0)).median;
  return {
    title: `Processor time of each proxy, ${title}`,
    columns: [
      "",
      "deployed, ms per request",
      "static, ms per request",
      "deployed, requests/s per vCPU",
    ],
    rows: PROXIES.map((proxy) => {
      const deployed = median(DEPLOYED, proxy);
      return [
        proxy,
        formatNumber(deployed),
        formatNumber(median(STATIC, proxy)),
        formatNumber(1000 / deployed),
      ];
    }),
  };
}

function plot(
  name: string,
  title: string,
  unit: string,
  measurements: readonly PathMeasurement[],
  figure: Figure,
): Plot {
  const ways = [...(measurements[0]?.samples.keys() ?? [])];
  return {
    name,
    title,
    kind: "bar",
    unit,
    categories: measurements.map((each) => each.title),
    series: ways.map((way) => ({
      name: way,
      values: measurements.map(({ samples }) => spreadOf(pick(samples.get(way), figure)).median),
    })),
  };
}
