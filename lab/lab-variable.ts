/** Environment variable with the path of the file of the lab in whose namespaces a process runs. */
export const LAB_VARIABLE = "ISTIO_MTLS_LAB";
