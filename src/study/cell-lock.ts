import { join } from 'node:path'
import { isLocked, type Lock, takeLock } from '../files/lock.js'
import { ownStudy } from './study-folder.js'

const fileOf = (study: string, id: string): string => join(ownStudy(study), 'locks', `${id}.lock`)

/** Takes a cell for this process; null where another process, of this machine or another, has it that is still there. */
export const lockCell = (study: string, id: string): Lock | null => takeLock(fileOf(study, id))

/** Whether a process computes a cell now. */
export const isCellLocked = (study: string, id: string): boolean => isLocked(fileOf(study, id))
