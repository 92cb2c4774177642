import { join } from "node:path";

/** What stands for a container image on a node that runs host processes: see lab/node. */
export interface ImageEntry {
  /** Path of the image without registry, tag and digest, or its last component. */
  readonly match: string;
  readonly entrypoint: readonly string[];
  readonly cmd?: readonly string[];
  readonly user?: number;
  /** Path in the container → path on the host. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface ImageSources {
  /** Folder of the built tools. */
  readonly bin: string;
  readonly envoy: string;
  /** Istio's bootstrap template for Envoy. */
  readonly envoyBootstrap: string;
}

const NONROOT = 65532;
const ISTIO = 1337;

/** Entry points, users and paths as the images' own Dockerfiles have them. */
export function buildImageTable({ bin, envoy, envoyBootstrap }: ImageSources): ImageEntry[] {
  const program = (match: string, path: string, user: number): ImageEntry => ({
    match,
    entrypoint: [path],
    user,
    files: { [path]: join(bin, match) },
  });
  return [
    {
      match: "proxyv2",
      entrypoint: ["/usr/local/bin/pilot-agent"],
      files: {
        "/usr/local/bin/pilot-agent": join(bin, "pilot-agent"),
        "/usr/local/bin/envoy": envoy,
        "/var/lib/istio/envoy/envoy_bootstrap_tmpl.json": envoyBootstrap,
      },
    },
    {
      match: "pilot",
      entrypoint: ["/usr/local/bin/pilot-discovery"],
      user: ISTIO,
      files: { "/usr/local/bin/pilot-discovery": join(bin, "pilot-discovery") },
    },
    program("go-httpbin", "/bin/go-httpbin", NONROOT),
    program("coredns", "/coredns", NONROOT),
    // The host's own curl, and its coreutils for `sleep`.
    { match: "curl", entrypoint: [], cmd: ["curl"], user: 100 },
  ];
}
