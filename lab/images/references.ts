import { DEFAULT_ISTIO_CHARTS } from "../../components/istio/default-charts";
import { CURL_IMAGE, HTTPBIN_IMAGE } from "../../components/samples/names";

/** Registry and tag of Istio's images. The charts of a release have them as values; those of Istio's source do not. */
export const ISTIO_IMAGES = { hub: "docker.io/istio", tag: DEFAULT_ISTIO_CHARTS.version };

/** The images of all pods, by the references that the pods use. */
export const IMAGES = {
  /** Holds a pod's network namespace. */
  pause: "registry.k8s.io/pause:3.10.1",
  coredns: "registry.k8s.io/coredns/coredns:v1.15.0",
  pilot: `${ISTIO_IMAGES.hub}/pilot:${ISTIO_IMAGES.tag}`,
  proxy: `${ISTIO_IMAGES.hub}/proxyv2:${ISTIO_IMAGES.tag}`,
  httpbin: HTTPBIN_IMAGE,
  curl: CURL_IMAGE,
};
