/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the two halves of the command line share: the table of options, and what is read out of it. */

#pragma once

#include "jumperctl/options.h"

G_BEGIN_DECLS

/* What GOption fills in, before it is checked. */
typedef struct {
  CtlOptions options;
  gboolean json;
  gboolean json_lines;
  char *alt;
  char *address;
  char *range;
  char *preserve;
  char *channel;
  char *family;
  gboolean wait;
  char *wait_seconds;
} CtlRawOptions;

GOptionContext *ctl_options_make_context (const CtlCommand *command, CtlRawOptions *raw);
gboolean ctl_options_check_values (const char *const *arguments, GError **error);

G_END_DECLS
