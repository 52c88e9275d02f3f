import { readdirSync } from 'node:fs';

/** The files and connections that a process has open: https://man7.org/linux/man-pages/man5/proc_pid_fd.5.html; 0 elsewhere. */
export function countOpenFiles(pid: number | undefined): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}
