/** Default namespace of the application, and of the egress gateway beside it. */
export const APPLICATION_NAMESPACE = "httpbin";
