/** Address of the server from which nodes of Google's cloud, and of others, get their credentials. */
export const METADATA_SERVER = "169.254.169.254";
