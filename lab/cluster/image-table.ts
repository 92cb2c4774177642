import { join } from "node:path";

/** What the node agent runs in place of a container image: see lab/node. */
export interface ImageEntry {
  /** Path of the image without registry, tag and digest, or only its last segment. */
  readonly match: string;
  readonly entrypoint: readonly string[];
  readonly cmd?: readonly string[];
  readonly user?: number;
  /** Paths on the host, by their path in the container. */
  readonly files?: Readonly<Record<string, string>>;
}

interface ImageSources {
  /** Folder of the built programs. */
  readonly bin: string;
  readonly envoy: string;
  /** Istio's template of Envoy's bootstrap configuration. */
  readonly envoyBootstrap: string;
}

const NONROOT_UID = 65532;
const ISTIO_UID = 1337;
const CURL_UID = 100;

/** Builds the table of images. Entry points, users and paths are those of the images' Dockerfiles. */
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
      user: ISTIO_UID,
      files: { "/usr/local/bin/pilot-discovery": join(bin, "pilot-discovery") },
    },
    program("go-httpbin", "/bin/go-httpbin", NONROOT_UID),
    program("coredns", "/coredns", NONROOT_UID),
    // Runs the host's curl, and its `sleep`.
    { match: "curl", entrypoint: [], cmd: ["curl"], user: CURL_UID },
  ];
}
