/**
 * The version of the training procedure, which is part of every model's address. It is raised by hand when a change to the
 * code behind a training changes what is trained; `test/training/version.test.ts` says when that code was changed.
 */
export const TRAINING_VERSION = 1
