/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reading udev rules (udev(7)), as far as it takes to see whether one is for boards in DFU mode. */

#include "device/permission-private.h"

#include <string.h>

/* The file that acts on the tag: what sets it later is too late. */
#define SEAT_FILE "73-seat-late.rules"

/* The value of KEY=="VALUE" or KEY+="VALUE" in a rule, or NULL; @key with its operator. */
static char *
find_value (const char *rule, const char *key)
{
  const char *at = strstr (rule, key);
  const char *end;

  if (at == NULL)
    return NULL;
  at += strlen (key);
  if (*at != '"')
    return NULL;
  end = strchr (at + 1, '"');
  return end != NULL ? g_strndup (at + 1, (gsize)(end - at - 1)) : NULL;
}

static gboolean
has_value (const char *rule, const char *key, const char *wanted)
{
  g_autofree char *value = find_value (rule, key);

  return value != NULL && g_ascii_strcasecmp (value, wanted) == 0;
}

static gboolean
matches_board (const char *rule)
{
  gboolean vendor = has_value (rule, "ATTR{idVendor}==", "0483")
                    || has_value (rule, "ATTRS{idVendor}==", "0483");
  gboolean product = has_value (rule, "ATTR{idProduct}==", "df11")
                     || has_value (rule, "ATTRS{idProduct}==", "df11");

  return vendor && product;
}

/* A group's permission helps who is in the group, which is another question. */
static gboolean
gives_access (const char *file_name, const char *rule)
{
  g_autofree char *mode = find_value (rule, "MODE=");
  g_autofree char *mode_final = find_value (rule, "MODE:=");
  const char *last = mode != NULL ? mode : mode_final;

  if (strcmp (file_name, SEAT_FILE) < 0
      && (has_value (rule, "TAG+=", "uaccess") || has_value (rule, "TAG=", "uaccess")))
    return TRUE;
  return last != NULL && g_str_has_suffix (last, "66");
}

gboolean
jmp_permission_covers (const char *file_name, const char *text)
{
  g_autofree char *copy = g_strdup (text);
  g_auto (GStrv) lines = NULL;
  char *joint;

  /* a backslash at the end of a line continues it */
  while ((joint = strstr (copy, "\\\n")) != NULL)
    joint[0] = joint[1] = ' ';
  lines = g_strsplit (copy, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    const char *rule = g_strstrip (*line);

    if (*rule != '#' && matches_board (rule) && gives_access (file_name, rule))
      return TRUE;
  }
  return FALSE;
}
