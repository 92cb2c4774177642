import { runCommand } from "../lab/process/run-command";

/** Fetches a URL that a process serves on its own network only. */
export function fetchFrom(pid: number, url: string): Promise<string> {
  return runCommand("nsenter", [`--net=/proc/${pid}/ns/net`, "--", "curl", "-sS", url]);
}
