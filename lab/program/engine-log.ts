import { createWriteStream, type WriteStream } from "node:fs";
import { dirname } from "node:path";
import { finished } from "node:stream/promises";

/** The file that keeps the engine's output. */
export class EngineLog {
  /** Aborts when the file cannot be written, because nobody could reconstruct what an unlogged operation did. */
  readonly failed: AbortSignal;
  readonly #stream: WriteStream;

  constructor(file: string) {
    const failure = new AbortController();
    this.failed = failure.signal;
    this.#stream = createWriteStream(file, { flags: "a" });
    this.#stream.on("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "ENOSPC" ? "the disk is full" : error.message;
      failure.abort(
        new Error(
          `Cannot write the engine's output to ${dirname(file)}: ${reason}: free some space there, or set XDG_STATE_HOME to another folder`,
        ),
      );
    });
  }

  write(text: string): void {
    this.#stream.write(text);
  }

  /** @throws Error that names the folder and the reason if the log is incomplete */
  async close(): Promise<void> {
    this.#stream.end();
    await finished(this.#stream).catch(() => undefined);
    this.failed.throwIfAborted();
  }
}
