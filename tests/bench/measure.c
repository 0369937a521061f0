/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs a command and writes what it took: bench-measure FILE COMMAND [ARGUMENT…].
 *
 * FILE gets one line, "SECONDS PEAK_KIB": real time, and the most memory that the command had at any
 * time. What a process has before exec() counts for that number, so this program is small: started
 * from a larger one, the command would be charged with that one's memory. The exit status is the
 * command's. */

#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int
main (int argc, char **argv)
{
  struct rusage usage;
  double began = now ();
  int status;
  FILE *file;
  pid_t child;

  if (argc < 3)
    return 2;
  child = fork ();
  if (child == 0) {
    execvp (argv[2], argv + 2);
    perror (argv[2]);
    _exit (127);
  }
  if (child < 0 || wait4 (child, &status, 0, &usage) != child) {
    perror ("bench-measure");
    return 2;
  }
  file = fopen (argv[1], "w");
  if (file == NULL || fprintf (file, "%.6f %ld\n", now () - began, usage.ru_maxrss) < 0
      || fclose (file) != 0) {
    perror (argv[1]);
    return 2;
  }
  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}
