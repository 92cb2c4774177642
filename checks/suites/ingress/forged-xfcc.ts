import type { Check, Observation } from "../../check";
import { testCertificates } from "../../toolkit/fixtures/test-certificates";
import { clientPod } from "../../toolkit/pods/container";
import { curl, describeCurl } from "../../toolkit/pods/curl";
import { probeIngress } from "../../toolkit/probe/ingress";
import { describeResult } from "../../toolkit/probe/result";
import { readXfcc } from "../../toolkit/xfcc";

const HEADER = "X-Forwarded-Client-Cert";
const FORGED = "forged.invalid";
const VALUE = `By=spiffe://${FORGED}/ns/a/sa/b;URI=spiffe://${FORGED}/ns/a/sa/c;DNS=${FORGED}`;

const IDENTITY = {
  requirement: "forged-xfcc-dropped",
  expected: "200, and the application receives only the gateways' own header",
  why: `The gateways write \`${HEADER}\` themselves, so applications can trust it.`,
} as const;

/** Headers in which a caller claims to be someone else. */
export const forgedXfcc: readonly Check[] = [
  {
    ...IDENTITY,
    slug: "ingress/forged-xfcc",
    title: "a forged XFCC header from an admitted client",
    threat: "An admitted client claims another client's identity.",
    async run({ meshes, use }) {
      const { admitted } = await use(testCertificates);
      const result = await probeIngress(meshes, {
        credential: admitted,
        headers: { [HEADER]: VALUE },
      });
      return result.kind === "response" && result.status === 200
        ? inspect(result.body)
        : { pass: false, observed: describeResult(result) };
    },
  },
  {
    ...IDENTITY,
    slug: "ingress/forged-xfcc-from-client-pod",
    title: "a forged XFCC header from the client pod",
    threat: "An application of the client mesh claims another identity through its gateway.",
    async run({ meshes }) {
      const [host] = meshes.hosts;
      const result = await curl(clientPod(meshes), [
        ...["-H", `${HEADER}: ${VALUE}`],
        `http://${host}/headers`,
      ]);
      return result.kind === "answer" && result.status === 200
        ? inspect(result.body)
        : { pass: false, observed: describeCurl(result) };
    },
  },
];

function inspect(body: string): Observation {
  // If no header arrives at all, a missing forged value proves nothing.
  if (readXfcc(body) === undefined) {
    return { pass: false, observed: "200, but no XFCC reached the application" };
  }
  return body.includes(FORGED)
    ? { pass: false, observed: "200, and the forged XFCC reached the application" }
    : { pass: true, observed: "200, XFCC from the gateways only" };
}
