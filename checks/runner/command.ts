import { errorMessage } from "./workbench";

const USAGE_ERROR = 2;

/** A command of `npm run`. */
export interface Command<Options> {
  readonly usage: string;
  /**
   * What `--help` prints.
   *
   * @default the usage
   */
  readonly help?: () => string;
  /** Parses the flags; `"help"` if they ask for help. Throws an error that names a wrong flag. */
  readonly parse: (args: readonly string[]) => Options | "help";
  /** Returns the exit code. */
  readonly run: (options: Options) => Promise<number>;
}

/** Runs a command. Returns the exit code: 2 for wrong flags, which it explains with the usage. */
export async function runCommand<Options>(
  { usage, help = () => usage, parse, run }: Command<Options>,
  args: readonly string[],
): Promise<number> {
  let options: Options | "help";
  try {
    options = parse(args);
  } catch (error) {
    console.error(`${errorMessage(error)}\n\n${usage}`);
    return USAGE_ERROR;
  }
  if (options === "help") {
    console.log(help());
    return 0;
  }
  return run(options);
}
