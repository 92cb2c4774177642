import type { Result } from "../checks/check";
import type { ReportedCertificate } from "../checks/certs/certificates-report";
import type { RequestPath } from "../checks/runner/request-path";
import type { Timings } from "../lab/report";
import type { StoryResult } from "../lab/scenario/story";

/** What the page shows. It has names and times of certificates, and nothing of their contents. */
export interface PageData {
  /** The command that collected it, such as `npm run lab`. */
  readonly command: string;
  /** When it was collected (ISO 8601). */
  readonly createdAt: string;
  /** The path of a request, or why it could not be read. */
  readonly path: RequestPath | { readonly problem: string };
  readonly certificates: readonly ReportedCertificate[];
  readonly checks: readonly Result[];
  /** Only the lab deploys, and so has timings. */
  readonly timings?: Timings;
  /** Only the lab tells stories. */
  readonly stories?: readonly StoryResult[];
  /** Version of each program that ran. */
  readonly versions: Readonly<Record<string, string>>;
}
