import { resolve } from "node:path";
import { parseArgs } from "node:util";

/** What `npm run bench` can measure, with a line for `--help`. */
export const SUBJECTS = {
  path: "requests/s, latency and processor time of the path, of a static chain of Envoys, and of the service without proxies",
  levers: "what each setting of the proxies costs on the path",
  peers: "another recipe for the same path: which checks hold, requests/s and processor time",
  handshake:
    "TLS handshakes at the ingress gateway and at an Envoy without Istio, by kind of certificate",
  scale: "resources and time of the program, for many services and clients",
  preview: "an unchanged preview against that of an empty program",
  lab: "how long each step of npm run lab takes",
} as const;

export type Subject = keyof typeof SUBJECTS;

/** Command line of `npm run bench`. */
export interface Options {
  readonly subject: Subject;
  readonly repeats: number;
  /** Duration of each measurement. */
  readonly seconds: number;
  readonly json?: string;
  readonly markdown?: string;
  /** Folder for SVG files. */
  readonly plots?: string;
  /** Start with empty caches. Only for the subject `lab`. */
  readonly cold: boolean;
  /** Also deploy and measure in the lab, which takes long. Only for the subject `scale`. */
  readonly deploy: boolean;
}

export const USAGE = `Usage: npm run bench -- SUBJECT [flags]

${Object.entries(SUBJECTS)
  .map(([name, summary]) => `  ${name.padEnd(18)}${summary}\n`)
  .join("")}
  --repeats N       measure everything N times, in turns (default: 5)
  --seconds N       duration of each measurement (default: 2)
  --json FILE       write all measurements to FILE
  --markdown FILE   write the tables to FILE; replaces the section of the subject if FILE has one
  --plots FOLDER    write plots to FOLDER, as SVG; FILE then shows them
  --cold            lab: start with empty caches
  --deploy          scale: also deploy up to 250 services and 20 clients in the lab

The subjects path, levers, peers, handshake and preview, and scale with --deploy, start a lab, so they need root. In a shell of
npm run lab:shell, they use the lab of that shell.
`;

/**
 * Parses the command line; relative paths are resolved against `folder`.
 *
 * @throws Error that names the wrong argument
 */
export function parseOptions(args: readonly string[], folder: string): Options | "help" {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      repeats: { type: "string", default: "5" },
      seconds: { type: "string", default: "2" },
      json: { type: "string" },
      markdown: { type: "string" },
      plots: { type: "string" },
      cold: { type: "boolean", default: false },
      deploy: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  const [subject, ...others] = positionals;
  if (subject === undefined || others.length > 0 || !Object.hasOwn(SUBJECTS, subject)) {
    const names = Object.keys(SUBJECTS).join(", ");
    throw new Error(
      `the subject must be one of ${names} (got "${positionals.join(" ")}"): as in npm run bench -- path`,
    );
  }
  const { json, markdown, plots, cold, deploy } = values;
  return {
    subject: subject as Subject,
    repeats: positiveNumber("repeats", values.repeats),
    seconds: positiveNumber("seconds", values.seconds),
    cold,
    deploy,
    ...(json !== undefined && { json: resolve(folder, json) }),
    ...(markdown !== undefined && { markdown: resolve(folder, markdown) }),
    ...(plots !== undefined && { plots: resolve(folder, plots) }),
  };
}

function positiveNumber(flag: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`--${flag}: must be an integer ≥ 1 (got "${text}"): as in --${flag} 5`);
}
