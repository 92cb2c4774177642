import { readMemoryMiB, readProcessorMs } from "../processes";
import { type MeasuredMesh, settle, timeChanges } from "./acknowledge";
import { type IstiodCounters, quantileBetween, readCounters } from "./istiod";

/** What an istiod did during `up` of both stacks. */
export interface IstiodDuringUp {
  readonly processorSeconds: number;
  readonly memoryMiB: number;
  /** Upper limits, in seconds. */
  readonly collectP99: number;
  readonly pushP50: number;
  readonly pushP99: number;
}

/** What an istiod needs for changes that concern every proxy. */
export interface IstiodChanges {
  /** Seconds of each until all proxies have acknowledged it. */
  readonly seconds: readonly number[];
  /** Processor time of one. */
  readonly processorMs: number;
}

/** Counters of an istiod at one moment. */
export interface IstiodReading {
  readonly counters: IstiodCounters;
  readonly processorMs: number;
  readonly memoryMiB: number;
}

/** Changes whose time is measured. */
export const CHANGES = 20;

/** Reads an istiod as soon as the proxies have acknowledged everything. */
export async function readIstiod(mesh: MeasuredMesh): Promise<IstiodReading> {
  await settle(mesh);
  const { istiod } = mesh;
  const processorMs = readProcessorMs(istiod);
  return { processorMs, memoryMiB: readMemoryMiB(istiod), counters: await readCounters(istiod) };
}

/** What an istiod did between two readings. */
export function compareReadings(before: IstiodReading, after: IstiodReading): IstiodDuringUp {
  const limit = (histogram: "collect" | "push", quantile: number) =>
    quantileBetween(before.counters[histogram], after.counters[histogram], quantile);
  return {
    processorSeconds: (after.processorMs - before.processorMs) / 1000,
    memoryMiB: after.memoryMiB,
    collectP99: limit("collect", 0.99),
    pushP50: limit("push", 0.5),
    pushP99: limit("push", 0.99),
  };
}

/** Makes changes that concern every proxy. */
export async function measureChanges(mesh: MeasuredMesh): Promise<IstiodChanges> {
  const before = readProcessorMs(mesh.istiod);
  const seconds = await timeChanges(mesh, CHANGES);
  return { seconds, processorMs: (readProcessorMs(mesh.istiod) - before) / CHANGES };
}
