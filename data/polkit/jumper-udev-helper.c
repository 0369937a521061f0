/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Installs or removes the udev rule for boards in DFU mode. Run as root by pkexec:
 *
 *   jumper-udev-helper install|remove
 *
 * It takes no other argument, reads no input, uses no environment, and writes exactly one file, whose
 * name and content are fixed when it is built (tests are built with a folder of their own). The file is
 * there as a whole or not at all. Then udev is asked to read its rules again, and to apply them to the
 * boards that are plugged in. It uses nothing but the C library. Exit status: 0 done, 1 failed (the
 * reason is on standard error), 2 wrong usage. */

#include "rule.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* JMP_RULES_FOLDER and JMP_UDEVADM come from the build. */
#define RULE_FILE JMP_RULES_FOLDER "/70-jumper.rules"
#define TEMPORARY JMP_RULES_FOLDER "/.70-jumper.rules.XXXXXX"

static int
fail (const char *what)
{
  fprintf (stderr, "%s: %s\n", what, strerror (errno));
  return 1;
}

static int
write_all (int fd, const char *text, size_t size)
{
  while (size > 0) {
    ssize_t n = write (fd, text, size);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return -1;
    text += n;
    size -= (size_t)n;
  }
  return fchmod (fd, 0644) == 0 && fsync (fd) == 0 ? 0 : -1;
}

static int
sync_folder (void)
{
  int fd = open (JMP_RULES_FOLDER, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int result;

  if (fd < 0)
    return -1;
  result = fsync (fd);
  close (fd);
  return result;
}

static int
install (void)
{
  char temporary[] = TEMPORARY;
  int written;
  int fd;

  if (mkdir (JMP_RULES_FOLDER, 0755) != 0 && errno != EEXIST)
    return fail (JMP_RULES_FOLDER);
  fd = mkostemp (temporary, O_CLOEXEC);
  if (fd < 0)
    return fail (JMP_RULES_FOLDER);
  written = write_all (fd, jumper_rule, sizeof jumper_rule - 1);
  if (close (fd) != 0 || written != 0 || rename (temporary, RULE_FILE) != 0
      || sync_folder () != 0) {
    int status = fail (RULE_FILE);

    unlink (temporary);
    return status;
  }
  return 0;
}

static int
take_away (void)
{
  if (unlink (RULE_FILE) != 0 && errno != ENOENT)
    return fail (RULE_FILE);
  return 0;
}

/* Runs udevadm with a fixed environment and waits for it. */
static int
udevadm (const char *const arguments[])
{
  const char *const environment[] = { "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", NULL };
  pid_t pid = fork ();
  int status = 0;

  if (pid < 0)
    return fail (JMP_UDEVADM);
  if (pid == 0) {
    execve (JMP_UDEVADM, (char *const *)arguments, (char *const *)environment);
    fail (JMP_UDEVADM);
    _exit (127);
  }
  while (waitpid (pid, &status, 0) < 0)
    if (errno != EINTR)
      return fail (JMP_UDEVADM);
  return WIFEXITED (status) && WEXITSTATUS (status) == 0 ? 0 : 1;
}

/* The rules are read again, and applied to what they are about: boards in DFU mode, and the serial ports
 * of boards that run. */
static int
apply (void)
{
  const char *const reload[] = { "udevadm", "control", "--reload", NULL };
  const char *const loader[] = {
    "udevadm", "trigger", "--subsystem-match=usb", "--attr-match=idVendor=0483", NULL
  };
  const char *const others[] = { "udevadm",
                                 "trigger",
                                 "--subsystem-match=usb",
                                 "--property-match=ID_USB_INTERFACES=*:fe0102:*",
                                 NULL };
  const char *const ports[] = {
    "udevadm", "trigger", "--subsystem-match=tty", "--property-match=ID_VENDOR_ID=f055", NULL
  };

  return udevadm (reload) | udevadm (loader) | udevadm (others) | udevadm (ports);
}

int
main (int argc, char **argv)
{
  int status = 2;

  umask (022);
  if (argc == 2 && strcmp (argv[1], "install") == 0)
    status = install ();
  else if (argc == 2 && strcmp (argv[1], "remove") == 0)
    status = take_away ();
  if (status == 2) {
    fputs ("usage: jumper-udev-helper install|remove\n", stderr);
    return status;
  }
  return status == 0 ? apply () : status;
}
