/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "virtual/board-private.h"

#include "base/error.h"

#include <string.h>

#define MAX_SPEED        1e6
#define MIN_SPEED        1e-3
#define MAX_SERIAL_UTF16 126

static gboolean
parse_speed (JmpVirtualSpec *self, const char *value, GError **error)
{
  char *end = NULL;
  double speed = g_ascii_strtod (value, &end);
  gboolean none = speed >= 0 && speed <= 0;

  /* Written so that a NaN fails. */
  if (end == value || *end != '\0' || !(none || (speed >= MIN_SPEED && speed <= MAX_SPEED))) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_USAGE,
                 "speed=%s is neither 0 nor a number from 0.001 to 1000000",
                 value);
    return FALSE;
  }
  self->speed = speed;
  return TRUE;
}

static gboolean
parse_serial (JmpVirtualSpec *self, const char *value, GError **error)
{
  if (*value == '\0' || g_utf8_strlen (value, -1) > MAX_SERIAL_UTF16 / 2) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_USAGE, "serial=%s is empty or too long", value);
    return FALSE;
  }
  g_free (self->serial);
  self->serial = g_strdup (value);
  return TRUE;
}

static gboolean
parse_flash (JmpVirtualSpec *self, const char *value, GError **error)
{
  if (*value == '\0') {
    g_set_error (error, JMP_ERROR, JMP_ERROR_USAGE, "flash= names no file");
    return FALSE;
  }
  g_free (self->flash_file);
  self->flash_file = g_strdup (value);
  return TRUE;
}

static gboolean
parse_jumper (JmpVirtualSpec *self, const char *value, GError **error)
{
  if (g_str_equal (value, "on")) {
    self->jumper = JMP_VIRTUAL_JUMPER_ON;
  } else if (g_str_equal (value, "off")) {
    self->jumper = JMP_VIRTUAL_JUMPER_OFF;
  } else {
    g_set_error (error, JMP_ERROR, JMP_ERROR_USAGE, "jumper=%s is neither on nor off", value);
    return FALSE;
  }
  return TRUE;
}

static gboolean
parse_number (
    const char *key, const char *value, guint least, guint most, guint *number, GError **error)
{
  guint64 parsed;

  if (!g_ascii_string_to_unsigned (value, 10, least, most, &parsed, NULL)) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_USAGE,
                 "%s=%s is not a number from %u to %u",
                 key,
                 value,
                 least,
                 most);
    return FALSE;
  }
  *number = (guint)parsed;
  return TRUE;
}

static gboolean
parse_stuck (JmpVirtualSpec *self, const char *value, GError **error)
{
  return parse_number ("stuck", value, 1, G_MAXINT, &self->stuck_at, error);
}

static gboolean
parse_seed (JmpVirtualSpec *self, const char *value, GError **error)
{
  return parse_number ("seed", value, 1, G_MAXINT, &self->seed, error);
}

static gboolean
parse_rdp (JmpVirtualSpec *self, const char *value, GError **error)
{
  self->has_protection = TRUE;
  return parse_number ("rdp", value, 0, 2, &self->protection, error);
}

static gboolean
parse_unplug (JmpVirtualSpec *self, const char *value, GError **error)
{
  return parse_number ("unplug", value, 1, G_MAXINT, &self->unplug_ms, error);
}

static gboolean
parse_run_time (JmpVirtualSpec *self, const char *value, GError **error)
{
  if (self->profile->has_run_time && g_str_equal (value, "on")) {
    self->run_time = TRUE;
    return TRUE;
  }
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_USAGE,
               self->profile->has_run_time
                   ? "runtime=%s is not on"
                   : "runtime=%s: no program of this kind has a DFU interface",
               value);
  return FALSE;
}

static gboolean
parse_running (JmpVirtualSpec *self, const char *value, GError **error)
{
  if (!g_str_equal (value, "on")) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_USAGE, "running=%s is not on", value);
    return FALSE;
  }
  self->running = TRUE;
  if (self->jumper == JMP_VIRTUAL_JUMPER_UNTIL_LEAVE)
    self->jumper = JMP_VIRTUAL_JUMPER_OFF;
  return TRUE;
}

static const struct {
  const char *key;
  gboolean (*parse) (JmpVirtualSpec *self, const char *value, GError **error);
} keys[] = {
  { "flash=", parse_flash },     { "speed=", parse_speed },   { "serial=", parse_serial },
  { "jumper=", parse_jumper },   { "stuck=", parse_stuck },   { "seed=", parse_seed },
  { "rdp=", parse_rdp },         { "unplug=", parse_unplug }, { "runtime=", parse_run_time },
  { "running=", parse_running },
};

static gboolean
parse_word (JmpVirtualSpec *self, const char *word, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    if (g_str_has_prefix (word, keys[i].key))
      return keys[i].parse (self, word + strlen (keys[i].key), error);
  }
  g_set_error (
      error,
      JMP_ERROR,
      JMP_ERROR_USAGE,
      "\"%s\" says nothing about a virtual board; known are flash=FILE, speed=N, "
      "serial=TEXT, jumper=on|off, rdp=N, running=on, runtime=on, seed=N, stuck=N and unplug=MS",
      word);
  return FALSE;
}

static gboolean
parse_kind (JmpVirtualSpec *self, const char *kind, GError **error)
{
  g_autofree char *known = NULL;

  self->profile = jmp_virtual_profile_find (kind);
  if (self->profile != NULL) {
    self->serial = g_strdup (self->profile->serial);
    return TRUE;
  }
  known = g_strjoinv (", ", (char **)jmp_virtual_profile_kinds ());
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_USAGE,
               "no virtual board is called \"%s\"; there are %s",
               kind,
               known);
  return FALSE;
}

/* Reads KIND[,KEY=VALUE]… into @self, which jmp_virtual_spec_clear() empties in any case. */
gboolean
jmp_virtual_spec_parse (JmpVirtualSpec *self, const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  *self = (JmpVirtualSpec){ .speed = 1, .jumper = JMP_VIRTUAL_JUMPER_UNTIL_LEAVE };
  if (!g_utf8_validate (text, -1, NULL)) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_USAGE, "a virtual board's name is not UTF-8");
    return FALSE;
  }
  if (!parse_kind (self, words[0] != NULL ? words[0] : "", error))
    return FALSE;
  for (guint i = 1; words[0] != NULL && words[i] != NULL; i++) {
    if (!parse_word (self, words[i], error))
      return FALSE;
  }
  return TRUE;
}

void
jmp_virtual_spec_clear (JmpVirtualSpec *self)
{
  g_clear_pointer (&self->serial, g_free);
  g_clear_pointer (&self->flash_file, g_free);
}
