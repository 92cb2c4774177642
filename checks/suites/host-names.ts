import { testCertificates } from "../toolkit/certificates/test-certificates";
import { type Check, saw } from "../check";
import { type Otherwise, probeIngress } from "../toolkit/ingress-probe";
import { describeRefusal, isRefused, type Refusal } from "../toolkit/probe/refusal";
import { describeResult } from "../toolkit/probe/result";

const UNKNOWN = "unknown.invalid";

/** Hosts that the ingress gateway does not serve, asked for by an admitted client. */
export const hostNames: readonly Check[] = [
  // No listener's filter chain is for it, so nobody is there to send an alert.
  refused("SNI of an unknown host", { reset: true }, { sni: UNKNOWN, host: UNKNOWN }),
  // The policy lists hosts as well as identities.
  refused("Host that differs from SNI", { status: 403 }, { host: UNKNOWN }),
];

function refused(name: string, refusal: Refusal, otherwise: Otherwise): Check {
  return {
    id: 17,
    name,
    expected: describeRefusal(refusal),
    async run({ meshes, use }) {
      const { right } = await use(testCertificates);
      const result = await probeIngress(meshes, { ...otherwise, credential: right });
      return saw(isRefused(result, refusal), describeResult(result));
    },
  };
}
