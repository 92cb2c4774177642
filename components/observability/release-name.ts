/** Name of the Prometheus release. It is the chart's name, so its objects are named as the chart's documentation says. */
export const PROMETHEUS_RELEASE = "kube-prometheus-stack";
