import type { PageData } from "../page-data";
import { type Section, table } from "./section";

/** What ran. */
export function versionsSection({ versions }: PageData): Section {
  return {
    id: "versions",
    title: "Versions",
    content: table(
      "Programs that ran",
      [
        { heading: "Program", cell: ([name]) => name },
        { heading: "Version", cell: ([, version]) => version },
      ],
      Object.entries(versions),
    ),
  };
}
