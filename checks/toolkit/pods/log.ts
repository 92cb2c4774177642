import { type Kubectl, output } from "../kubectl";
import { poll } from "../poll";

/** Whose log to read. */
export interface LogOf {
  readonly kubectl: Kubectl;
  readonly namespace: string;
  /** Label selector of the pods. */
  readonly selector: string;
}

/** Envoy writes its access log when a request is over, and hands it on about once a second. */
const PATIENCE = { deadlineMs: 10_000, everyMs: 250 };

/** Waits for a line of a proxy's access log; undefined when none comes. */
export async function proxyLogLine(
  { kubectl, namespace, selector }: LogOf,
  matches: (line: string) => boolean,
): Promise<string | undefined> {
  return poll(
    async () => {
      const log = await output(kubectl, [
        ...["logs", "-n", namespace, "-l", selector],
        ...["-c", "istio-proxy", "--tail=500", "--max-log-requests=20"],
      ]);
      return log.split("\n").find(matches);
    },
    (line) => line !== undefined,
    PATIENCE,
  );
}

/** A field that the program adds to the access log: `name=value` or `name="value"`. */
export function logField(line: string, name: string): string | undefined {
  return new RegExp(`(?:^| )${name}=(?:"([^"]*)"|(\\S*))`).exec(line)?.slice(1).find(Boolean);
}
