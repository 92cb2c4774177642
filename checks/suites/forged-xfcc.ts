import { testCertificates } from "../toolkit/certificates/test-certificates";
import { type Check, saw } from "../check";
import { probeIngress } from "../toolkit/ingress-probe";
import { clientPod } from "../toolkit/pods/client-pod";
import { curl, describeCurl } from "../toolkit/pods/curl";
import { describeResult } from "../toolkit/probe/result";
import { xfccIn } from "../toolkit/xfcc";

const HEADER = "X-Forwarded-Client-Cert";
const FORGED = "forged.invalid";
const VALUE = `By=spiffe://${FORGED}/ns/a/sa/b;URI=spiffe://${FORGED}/ns/a/sa/c;DNS=${FORGED}`;

/** Nobody may say by a header who he is: the gateways write it themselves. */
export const forgedXfcc: readonly Check[] = [
  {
    id: 20,
    name: "a forged XFCC from an admitted client",
    expected: "200, the forgery is not in what reached the application",
    async run({ meshes, use }) {
      const { right } = await use(testCertificates);
      const result = await probeIngress(meshes, {
        credential: right,
        headers: { [HEADER]: VALUE },
      });
      return result.kind === "response" && result.status === 200
        ? judge(result.body)
        : saw(false, describeResult(result));
    },
  },
  {
    id: 20,
    name: "a forged XFCC from the client pod",
    expected: "200, the forgery is not in what reached the application",
    async run({ meshes }) {
      const [host] = meshes.hosts;
      const result = await curl(clientPod(meshes), [
        ...["-H", `${HEADER}: ${VALUE}`],
        `http://${host}/headers`,
      ]);
      return result.kind === "answer" && result.status === 200
        ? judge(result.body)
        : saw(false, describeCurl(result));
    },
  },
];

function judge(body: string) {
  // Without the gateway's own value, that the forged one is missing would say nothing.
  if (xfccIn(body) === undefined) return saw(false, "200, but no XFCC reached the application");
  return body.includes(FORGED)
    ? saw(false, "200, the forgery reached the application")
    : saw(true, "200, XFCC is the gateways' own");
}
