import { ROOT_NAMESPACE } from "../istio/root-namespace";
import type { PermittedNames } from "./x509/name-constraints";

/** The names of one mesh. */
export interface MeshNames {
  /** DNS names in the certificate of its gateway. */
  readonly dnsNames: readonly string[];
  /** Its trust domain, which is in the SPIFFE ID of each workload. */
  readonly trustDomain: string;
}

/** istiod is the server of its webhooks and of the proxies' configuration, as `istiod.istio-system.svc`. */
const ISTIOD_DOMAIN = `${ROOT_NAMESPACE}.svc`;

/** What the intermediate CA of a mesh may sign: the mesh's names, istiod's, and no name of another of the meshes. */
export function permittedNames(mesh: MeshNames, meshes: readonly MeshNames[]): PermittedNames {
  const own = namesOf(mesh);
  const except = meshes
    .flatMap(namesOf)
    .filter((name) => !own.includes(name) && own.some((parent) => name.endsWith(`.${parent}`)));
  return {
    dnsNames: [...mesh.dnsNames, ISTIOD_DOMAIN],
    uriHosts: [mesh.trustDomain],
    except: [...new Set(except)],
  };
}

function namesOf({ dnsNames, trustDomain }: MeshNames): readonly string[] {
  return [...dnsNames, trustDomain];
}
