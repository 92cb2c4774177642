import type { StackName } from "../../lab/program/stack";

/** A value for each mesh, by the name of its stack. */
export type BothEnds<T> = Readonly<Record<StackName, T>>;

/** Runs one after the other, because both share the processors. */
export async function atBothEnds<T>(run: (end: StackName) => Promise<T>): Promise<BothEnds<T>> {
  return { server: await run("server"), client: await run("client") };
}
