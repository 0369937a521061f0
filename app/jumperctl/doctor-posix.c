/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/doctor.h"

#include <glib/gstdio.h>
#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

gboolean
ctl_doctor_may_use_port (const char *name, char **group)
{
  const guint both = S_IRGRP | S_IWGRP;
  GStatBuf status;
  struct group *entry;

  *group = NULL;
  if (g_access (name, R_OK | W_OK) == 0)
    return TRUE;
  if (g_stat (name, &status) != 0 || (status.st_mode & both) != both || status.st_gid == 0)
    return FALSE;
  entry = getgrgid (status.st_gid);
  *group = entry != NULL ? g_strdup (entry->gr_name) : NULL;
  return FALSE;
}

/* Linux keeps the names of programs in /proc; a system without it is not asked. */
static char *
read_name (const char *pid)
{
  g_autofree char *file = g_build_filename ("/proc", pid, "comm", NULL);
  char *name = NULL;

  if (!g_ascii_isdigit (*pid) || !g_file_get_contents (file, &name, NULL, NULL))
    return NULL;
  return g_strchomp (name);
}

const char *
ctl_doctor_find_program (const char *const *names)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc", 0, NULL);
  const char *pid;

  while (folder != NULL && (pid = g_dir_read_name (folder)) != NULL) {
    g_autofree char *name = read_name (pid);

    for (guint i = 0; name != NULL && names[i] != NULL; i++)
      if (g_str_equal (name, names[i]))
        return names[i];
  }
  return NULL;
}
