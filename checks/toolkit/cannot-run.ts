/** Thrown by a fixture that these meshes cannot have. The checks that use it are skipped, with the message as the reason. */
export class CannotRun extends Error {}
