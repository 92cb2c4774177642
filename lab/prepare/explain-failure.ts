/** Builds the message of a failed download or build from its output: what failed, and what to do. */
export function explainFailure(what: string, output: readonly string[]): string {
  const complaints = output.filter(
    (line) => /[\s:]/.test(line) && !line.startsWith("go: downloading "),
  );
  const text = [...new Set(complaints)].slice(-6).join("\n");
  const advice = ADVICE.find(([pattern]) => pattern.test(text))?.[1];
  return [`${what} failed.`, ...(advice === undefined ? [] : [advice]), text].join("\n");
}

const ADVICE: readonly [RegExp, string][] = [
  [
    /no space left on device|disk quota exceeded/i,
    "The disk is full. A first build needs about 15 GB in Go's caches (see go env GOCACHE GOMODCACHE), in /tmp and in the lab's cache: free some space and start again.",
  ],
  [
    /dial tcp|no such host|lookup .* on|connection refused|i\/o timeout|TLS handshake|proxyconnect|GOPROXY=off|NewConnectionError|No matching distribution/i,
    "A package registry could not be reached. The first run needs the network; later runs do not. Connect to it, or set GOPROXY and pip's index-url to a mirror.",
  ],
  [
    /signal: killed|cannot allocate memory/i,
    "The compiler ran out of memory. It needs 4 GiB, or less with GOMAXPROCS=1.",
  ],
];
