import { randomUUID } from "node:crypto";

import type { Check, CheckContext, Fixture, Observation } from "../../check";
import { requireOutput } from "../../toolkit/kubectl";
import { clientPod } from "../../toolkit/pods/container";
import { curl, describeCurl } from "../../toolkit/pods/curl";

/** The headers of a request as httpbin received them. */
type Headers = Readonly<Record<string, readonly string[] | undefined>>;

const REQUEST_ID = randomUUID();
/** An address that the application makes up. */
const FORGED_ADDRESS = "192.0.2.1";
const ARRIVES = "arrives at the application";
const HTTP = "to http://, which the caller can follow";

/** What httpbin received of a request with headers of its own. */
const receivedHeaders: Fixture<Headers> = {
  name: "a request with headers",
  async create({ meshes }) {
    const result = await curl(clientPod(meshes), [
      ...["-H", `X-Request-Id: ${REQUEST_ID}`, "-H", `X-Forwarded-For: ${FORGED_ADDRESS}`],
      `http://${meshes.hosts[0]}/headers`,
    ]);
    if (result.kind !== "answer" || result.status !== 200) throw new Error(describeCurl(result));
    return (JSON.parse(result.body) as { readonly headers: Headers }).headers;
  },
};

/** What the application learns of the caller, and what it does not. */
export const headers: readonly Check[] = [
  {
    slug: "path/request-id",
    title: "the caller's request ID",
    requirement: "request-id-kept",
    expected: ARRIVES,
    why: "One ID joins the logs of all four proxies and of both applications.",
    threat: "A gateway replaces the ID, so a request cannot be followed through both meshes.",
    async run({ use }) {
      const received = (await use(receivedHeaders))["X-Request-Id"]?.join();
      const pass = received === REQUEST_ID;
      return { pass, observed: pass ? ARRIVES : `the application gets ${received ?? "none"}` };
    },
  },
  {
    slug: "path/redirect",
    title: "an absolute redirect by the application",
    requirement: "forwarded-headers",
    expected: HTTP,
    why: "The application learns the scheme that the caller used, and not that of the gateways.",
    threat: "The caller is sent to https://, where nothing listens for it.",
    async run({ meshes }) {
      const [host] = meshes.hosts;
      const result = await curl(clientPod(meshes), ["-i", `http://${host}/absolute-redirect/1`]);
      if (result.kind === "failed") return { pass: false, observed: describeCurl(result) };
      const location = /^location: (\S+)/im.exec(result.body)?.[1];
      const pass = location === `http://${host}/get`;
      return { pass, observed: pass ? HTTP : `to ${location ?? "nowhere"}` };
    },
  },
  {
    slug: "path/nothing-internal",
    title: "headers that describe the client mesh",
    requirement: "forwarded-headers",
    expected:
      "one address in X-Forwarded-For, outside the mesh and not made up; no header of its proxies",
    why: "Addresses and names of pods stay in their mesh, and the application sees no address that a client made up.",
    threat: "The other organization learns the layout of the mesh, or trusts a forged address.",
    async run(context) {
      const received = await context.use(receivedHeaders);
      return inspect(received, await podAddress(context));
    },
  },
  {
    slug: "path/trailing-dot",
    title: "a host with a trailing dot",
    requirement: "trailing-dot-passes",
    expected: "200",
    why: "A host with a trailing dot is the same host, and some clients write it so.",
    threat: "The egress gateway has no route for it and answers with 404.",
    async run({ meshes }) {
      const result = await curl(clientPod(meshes), [`http://${meshes.hosts[0]}./headers`]);
      return {
        pass: result.kind === "answer" && result.status === 200,
        observed: describeCurl(result),
      };
    },
  },
];

/** The address of the test pod. */
async function podAddress({ meshes }: CheckContext): Promise<string> {
  const { kubectl, namespace } = clientPod(meshes);
  return requireOutput(kubectl, [
    ...["get", "pods", "-n", namespace, "-l", "app=client"],
    ...["-o", "jsonpath={.items[0].status.podIP}"],
  ]);
}

/** Reports what the application should not have got. */
export function inspect(received: Headers, podIP: string): Observation {
  const forwarded = (received["X-Forwarded-For"] ?? []).join().split(",");
  const internal = Object.keys(received).filter((name) => /^x-envoy-(?!attempt)/i.test(name));
  const problems = [
    ...(forwarded.length === 1 ? [] : [`X-Forwarded-For: ${forwarded.join()}`]),
    ...(forwarded.includes(podIP) ? ["the address of the pod"] : []),
    ...(forwarded.includes(FORGED_ADDRESS) ? ["the forged address"] : []),
    ...internal,
  ];
  return {
    pass: problems.length === 0,
    observed: problems.length === 0 ? `X-Forwarded-For: ${forwarded.join()}` : problems.join("; "),
  };
}
