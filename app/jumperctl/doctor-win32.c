/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/doctor.h"

/* Windows lets everybody use serial ports. */
gboolean
ctl_doctor_may_use_port (const char *name, char **group)
{
  *group = NULL;
  return TRUE;
}

const char *
ctl_doctor_find_program (const char *const *names)
{
  return NULL;
}
