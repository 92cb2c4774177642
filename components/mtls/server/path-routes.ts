import type { HttpMatch, HttpRoute } from "../../istio/objects/virtual-service";
import { AT_SERVER } from "../border-headers";
import { SAFE_RETRIES } from "../safe-retries";
import type { ServicePath } from "../service-path";
import { WEBSOCKET_SUBSET, websocketRoute } from "../websocket";

/** What all routes of a service have in common. */
export interface RouteBase {
  readonly match: HttpMatch;
  readonly route: HttpRoute["route"];
  /** Whether WebSockets need connections of their own, because the others use HTTP/2. */
  readonly http2: boolean;
}

/** Requests whose answers have no end that a time-out could wait for. */
const STREAMS: readonly Pick<HttpMatch, "headers">[] = [
  { headers: { "content-type": { regex: "application/grpc.*" } } },
  { headers: { upgrade: { regex: "(?i)websocket" } } },
];

/** Methods that change nothing, so they can be repeated after the service has received the request. */
const READS: Pick<HttpMatch, "method"> = { method: { regex: "GET|HEAD|OPTIONS" } };

/** The routes of one path, in the order in which Envoy must try them. */
export function pathRoutes(
  { path, timeoutSeconds, retries = 0 }: ServicePath,
  { match, route, http2 }: RouteBase,
): readonly HttpRoute[] {
  const matches = pathMatches(path).map((uri) => ({ ...match, ...uri }));
  const name = path === "/" ? "to-service" : `to-service${path}`;
  const base = { route, retries: SAFE_RETRIES, headers: AT_SERVER };
  const timeout = timeoutSeconds === undefined ? {} : { timeout: `${timeoutSeconds}s` };
  const isLimited = timeoutSeconds !== undefined || retries > 0;
  return [
    ...(http2 ? [websocketRoute({ name, match: matches, ...base }, WEBSOCKET_SUBSET)] : []),
    ...(isLimited ? [{ name: `streams-${name}`, match: combine(matches, STREAMS), ...base }] : []),
    ...(retries > 0
      ? [
          {
            name: `reads-${name}`,
            match: combine(matches, [READS]),
            ...base,
            ...timeout,
            retries: {
              ...SAFE_RETRIES,
              attempts: retries,
              retryOn: `${SAFE_RETRIES.retryOn ?? ""},reset,gateway-error`,
            },
          },
        ]
      : []),
    { name, match: matches, ...base, ...timeout },
  ];
}

/** A prefix of Istio also fits the middle of a segment, so it ends with a slash here. */
function pathMatches(path: string): readonly Pick<HttpMatch, "uri">[] {
  return path === "/" ? [{}] : [{ uri: { exact: path } }, { uri: { prefix: `${path}/` } }];
}

function combine(matches: readonly HttpMatch[], more: readonly Partial<HttpMatch>[]): HttpMatch[] {
  return matches.flatMap((each) => more.map((fields) => ({ ...each, ...fields })));
}
